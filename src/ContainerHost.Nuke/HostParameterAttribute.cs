using System.Reflection;
using System.Runtime.CompilerServices;
using ContainerHost.Specification.Parameters;

namespace ContainerHost.Targets;

/// <summary>Marks a member that takes a parameter of hosts; its words and values are those of its row in the library, found by the member's name.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class HostParameterAttribute([CallerMemberName] string name = "")
    : ParameterAttribute(HostParameters.Help(name))
{
    /// <summary>The values to choose from; null where anything goes.</summary>
    public override IEnumerable<(string, object)>? GetValueSet(MemberInfo member, object instance) =>
        HostParameters.Values(name)?.Select(value => (value, (object)value));
}
