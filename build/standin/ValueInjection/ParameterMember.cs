using System.Reflection;

namespace Nuke.Common.ValueInjection;

/// <summary>A parameter: the member it is declared by, and what the declaration says.</summary>
internal sealed class ParameterMember
{
    private readonly ParameterAttribute _attribute;

    public ParameterMember(MemberInfo member)
    {
        Member = member;
        _attribute = member.GetCustomAttribute<ParameterAttribute>()!;
        Name = _attribute.Name ?? MemberOf.ShortName(member);
        DashedName = KebabCase.From(Name);
        Type = MemberOf.Type(member);
        var element = CollectionElement(Type);
        IsCollection = element is not null;
        ElementType = Nullable.GetUnderlyingType(element ?? Type) ?? element ?? Type;
        IsSecret = member.GetCustomAttribute<SecretAttribute>() is not null;
        IsEngine = member.DeclaringType == typeof(NukeBuild);
    }

    public MemberInfo Member { get; }

    public string Name { get; }

    public string DashedName { get; }

    public string? Description => _attribute.Description?.TrimEnd('.');

    public bool Listed => _attribute.List;

    public string? Separator => _attribute.Separator;

    public Type Type { get; }

    public Type ElementType { get; }

    public bool IsCollection { get; }

    public bool IsSwitch => !IsCollection && ElementType == typeof(bool);

    public bool IsSecret { get; }

    public bool IsEngine { get; }

    /// <summary>Whether the engine writes the value into the build; a component asks for it instead.</summary>
    public bool IsInjected => !IsEngine && Member.DeclaringType is { IsInterface: false };

    /// <summary>The values to choose from, or null when anything goes.</summary>
    public IReadOnlyList<string>? Choices(object? build)
    {
        if (ElementType.IsEnum)
            return Enum.GetNames(ElementType);
        if (ElementType == typeof(Host))
            return Host.Names;
        if (build is not null && _attribute.GetValueSet(Member, build) is { } own)
            return [.. own.Select(one => one.Item1)];
        if (_attribute.ValueProviderMember is not { } name || build is null)
            return null;
        var type = _attribute.ValueProviderType ?? build.GetType();
        const BindingFlags any =
            BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        var provider = type.GetInterfaces().Prepend(type).SelectMany(t => t.GetMember(name, any)).FirstOrDefault();
        var values = provider is MethodInfo method
            ? method.Invoke(build, null)
            : MemberOf.Get(
                provider ?? throw new BuildDefinitionException($"{type.Name} has no member '{name}' for '{Name}'."),
                build
            );
        return [.. (IEnumerable<string>)values!];
    }

    private static Type? CollectionElement(Type type) =>
        type.IsArray ? type.GetElementType()
        : type.IsGenericType && type.IsAssignableTo(typeof(System.Collections.IEnumerable))
            ? type.GetGenericArguments().Single()
        : null;
}
