using System.Reflection;

namespace Nuke.Common;

/// <summary>Marks a component's property that asks the command line, the environment or a parameters file for its value.</summary>
[AttributeUsage(AttributeTargets.Property)]
public class ParameterAttribute(string? description = null) : Attribute
{
    /// <summary>What the parameter is for, as shown by <c>--help</c>.</summary>
    public virtual string? Description { get; } = description;

    /// <summary>The parameter's name, where it is not the member's.</summary>
    public string? Name { get; set; }

    /// <summary>Whether <c>--help</c> lists the parameter.</summary>
    public virtual bool List { get; set; } = true;

    /// <summary>The type that has <see cref="ValueProviderMember"/>, where it is not the build itself.</summary>
    public Type? ValueProviderType { get; set; }

    /// <summary>The property that returns the values to choose from.</summary>
    public string? ValueProviderMember { get; set; }

    /// <summary>The values to choose from, as an attribute of the build's own knows them; null where it knows none.</summary>
    public virtual IEnumerable<(string Text, object Value)>? GetValueSet(MemberInfo member, object instance) => null;
}
