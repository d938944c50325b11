using System.Reflection;
using System.Runtime.CompilerServices;
using ContainerHost.Specification.Parameters;

/// <summary>Marks a member that takes a parameter of hosts; its words and values are those of its row in the library, found by the member's name.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class HostParameterAttribute([CallerMemberName] string member = "")
    : ParameterAttribute(HostParameters.Find(member).Help)
{
    /// <summary>The parameter's row.</summary>
    public Parameter Row { get; } = HostParameters.Find(member);

    /// <summary>The values to choose from; null where anything goes.</summary>
    public override IEnumerable<(string, object)>? GetValueSet(MemberInfo member, object instance) =>
        Row.Values?.Select(value => (value, (object)value));
}
