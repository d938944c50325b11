using System.Reflection;
using Nuke.Common.Execution;
using Nuke.Common.IO;

namespace Nuke.Common.ValueInjection;

/// <summary>A parameter: the member it is declared by, and what the declaration says.</summary>
internal sealed class ParameterMember
{
    private const BindingFlags Any =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private readonly ParameterAttribute _attribute;

    private ParameterMember(PropertyInfo member)
    {
        Member = member;
        _attribute = member.GetCustomAttribute<ParameterAttribute>()!;
        Name = _attribute.Name ?? member.Name;
        DashedName = KebabCase.From(Name);
        Type = member.PropertyType;
        IsCollection =
            Type.IsArray || (Type.IsGenericType && Type.GetGenericTypeDefinition() == typeof(IReadOnlyCollection<>));
        ElementType =
            Type.GetElementType()
            ?? (IsCollection ? Type.GetGenericArguments()[0] : Nullable.GetUnderlyingType(Type) ?? Type);
        IsSecret = member.IsDefined(typeof(SecretAttribute));
        IsEngine = member.DeclaringType == typeof(NukeBuild);
    }

    public PropertyInfo Member { get; }

    public string Name { get; }

    public string DashedName { get; }

    public string? Description => _attribute.Description?.TrimEnd('.');

    public bool Listed => _attribute.List;

    public Type Type { get; }

    public Type ElementType { get; }

    public bool IsCollection { get; }

    public bool IsSwitch => ElementType == typeof(bool);

    public bool IsSecret { get; }

    public bool IsEngine { get; }

    /// <summary>What a value is called in help and errors.</summary>
    public string ValueName =>
        ElementType == typeof(string) ? "text"
        : ElementType == typeof(bool) ? "boolean"
        : ElementType == typeof(AbsolutePath) ? "path"
        : ElementType == typeof(ExecutableTarget) ? "target"
        : "choice";

    /// <summary>The parameters of the engine and of a build's components, by name.</summary>
    public static IReadOnlyList<ParameterMember> Of(Type build)
    {
        // The build's own are looked for only to refuse them: nothing would give them their values.
        var parameters = build
            .GetInterfaces()
            .Append(typeof(NukeBuild))
            .Append(build)
            .SelectMany(type => type.GetProperties(Any | BindingFlags.DeclaredOnly))
            .Where(property => property.IsDefined(typeof(ParameterAttribute)))
            .Select(property => new ParameterMember(property))
            .OrderBy(parameter => parameter.Name, StringComparer.Ordinal)
            .ToList();
        return parameters.Find(parameter => !parameter.IsEngine && !parameter.IsReadable) is { Member: var member }
            ? throw new BuildDefinitionException(
                $"The parameter '{member.Name}' must be a text, a boolean or a choice, declared by a component."
            )
            : parameters;
    }

    /// <summary>The values to choose from, or null when anything goes.</summary>
    public IReadOnlyList<string>? Choices(object build)
    {
        if (ElementType.IsEnum)
            return Enum.GetNames(ElementType);
        if (ElementType == typeof(Host))
            return Host.Names;
        if (_attribute.GetValueSet(Member, build) is { } own)
            return [.. own.Select(one => one.Text)];
        if (_attribute.ValueProviderMember is not { } name)
            return null;
        var type = _attribute.ValueProviderType ?? build.GetType();
        // As NUKE does: what a build inherits from its components is not looked for.
        var provider =
            type.GetProperty(name, Any)
            ?? throw new BuildDefinitionException($"{type.Name} has no member '{name}' for '{Name}'.");
        return [.. (IEnumerable<string>)MemberOf.Get(provider, build)!];
    }

    private bool IsReadable =>
        Member.DeclaringType!.IsInterface
        && (ElementType == typeof(string) || ((IsSwitch || ElementType.IsEnum) && !IsCollection));
}
