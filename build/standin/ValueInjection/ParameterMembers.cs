using System.Reflection;

namespace Nuke.Common.ValueInjection;

/// <summary>Finds the parameters of a build: its own, those of its base classes and those of its components.</summary>
internal static class ParameterMembers
{
    private const BindingFlags Declared =
        BindingFlags.Instance
        | BindingFlags.Static
        | BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.DeclaredOnly;

    public static IReadOnlyList<ParameterMember> Of(Type build)
    {
        var classes = new List<Type>();
        for (var type = build; type is not null && type != typeof(object); type = type.BaseType)
            classes.Add(type);
        return
        [
            .. classes
                .Concat(build.GetInterfaces())
                .SelectMany(type => type.GetMembers(Declared))
                .Where(member => member.IsDefined(typeof(ParameterAttribute)))
                .Select(member => new ParameterMember(member))
                .OrderBy(parameter => parameter.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>Each name once: components may share a parameter by declaring it alike.</summary>
    public static IEnumerable<ParameterMember> Distinct(this IEnumerable<ParameterMember> parameters) =>
        parameters.DistinctBy(parameter => KebabCase.Plain(parameter.Name), StringComparer.OrdinalIgnoreCase);
}
