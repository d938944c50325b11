using System.Reflection;
using System.Text.RegularExpressions;

namespace ContainerHost.Targets.Input;

/// <summary>A parameter of a build: the engine's, a component's or the build's own, by its attribute.</summary>
internal sealed partial class BuildParameter
{
    private const BindingFlags Declared =
        BindingFlags.Instance
        | BindingFlags.Static
        | BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.DeclaredOnly;

    private readonly ParameterAttribute _attribute;

    private BuildParameter(MemberInfo member, ParameterAttribute attribute)
    {
        Member = member;
        // NUKE's [ParameterPrefix] on the component; the stand-in has none.
        var prefix = member
            .DeclaringType!.GetCustomAttributesData()
            .FirstOrDefault(one => one.AttributeType.Name == "ParameterPrefixAttribute")
            ?.ConstructorArguments[0]
            .Value;
        Name = $"{PrefixWord().Replace($"{prefix}", "")}{attribute.Name ?? member.Name}";
        var type = member is FieldInfo field ? field.FieldType : ((PropertyInfo)member).PropertyType;
        IsSwitch = (Nullable.GetUnderlyingType(type) ?? type) == typeof(bool);
        IsList =
            type.IsArray || (type.IsGenericType && type != typeof(bool?) && Nullable.GetUnderlyingType(type) is null);
        IsSecret = member.IsDefined(typeof(SecretAttribute));
        IsOurs = member.DeclaringType!.Assembly == typeof(BuildParameter).Assembly;
        IsEngines = member.DeclaringType == typeof(NukeBuild);
        IsListed = attribute.List;
        Description = attribute.Description ?? "";
        _attribute = attribute;
    }

    public MemberInfo Member { get; }

    public string Name { get; }

    /// <summary>As it is typed.</summary>
    public string Dashed => $"--{Humps().Replace(Name, "-").ToLowerInvariant()}";

    public bool IsSwitch { get; }

    public bool IsList { get; }

    public bool IsSecret { get; }

    /// <summary>True for one of this library's components.</summary>
    public bool IsOurs { get; }

    public bool IsEngines { get; }

    /// <summary>True for one that help shows.</summary>
    public bool IsListed { get; }

    public string Description { get; }

    // NUKE takes --root alone for the current folder, and --skip alone for all that was not asked for.
    public bool MayBeBare => IsSwitch || (IsEngines && Name is ("Root" or "Skip"));

    /// <summary>True for the name as an argument or a file may have it: <c>--disk-size</c>, <c>-DiskSize</c>. NUKE leaves out dashes, and nothing else.</summary>
    public bool Is(string written) =>
        written.Replace("-", "", StringComparison.Ordinal).Equals(Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>True for a variable that NUKE takes for it, such as <c>DISK_SIZE</c>; with a prefix before it, <c>NUKE_DISK_SIZE</c>.</summary>
    public bool IsVariable(string variable, string prefix = "") =>
        Plain(variable).Equals(Plain(prefix + Name), StringComparison.OrdinalIgnoreCase);

    /// <summary>What a build has for it, where that is a text.</summary>
    public string? Text(object build) =>
        (Member is FieldInfo field ? field.GetValue(build) : ((PropertyInfo)Member).GetValue(build)) as string;

    /// <summary>The values to choose from, as help shows them; empty where anything goes.</summary>
    public IReadOnlyList<string> Choices(object build)
    {
        var type = Member is FieldInfo field ? field.FieldType : ((PropertyInfo)Member).PropertyType;
        if ((Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } choice)
            return Enum.GetNames(choice);
        if (_attribute.GetValueSet(Member, build) is { } own)
            return [.. own.Select(one => one.Item1)];
        return
            _attribute is { ValueProviderMember: { } name, ValueProviderType: { } provider }
            && provider.GetProperty(name, Declared)?.GetValue(build) is IEnumerable<string> values
            ? [.. values]
            : [];
    }

    /// <summary>The letters and digits alone, by which NUKE compares names.</summary>
    public static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit));

    /// <summary>All parameters of a build.</summary>
    public static IReadOnlyList<BuildParameter> Of(Type build) =>
        [
            .. Bases(build)
                .Concat(build.GetInterfaces())
                .SelectMany(type => type.GetMembers(Declared).Where(member => !IsReplaced(member, build)))
                .Select(member => (Member: member, Attribute: member.GetCustomAttribute<ParameterAttribute>()))
                .Where(one => one.Attribute is not null)
                .Select(one => new BuildParameter(one.Member, one.Attribute!)),
        ];

    private static IEnumerable<Type> Bases(Type? type)
    {
        for (; type is not null; type = type.BaseType)
            yield return type;
    }

    // A build that implements a component's member itself gives the value, and the component's parameter is none any more.
    private static bool IsReplaced(MemberInfo member, Type build)
    {
        if (
            build.IsInterface
            || member is not PropertyInfo { GetMethod: { } get, DeclaringType: { IsInterface: true } component }
        )
            return false;
        var map = build.GetInterfaceMap(component);
        return Array.IndexOf(map.InterfaceMethods, get) is >= 0 and var at
            && map.TargetMethods[at].DeclaringType is { IsInterface: false };
    }

    // As NUKE cuts it.
    [GeneratedRegex("Prefix$")]
    private static partial Regex PrefixWord();

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")]
    private static partial Regex Humps();
}
