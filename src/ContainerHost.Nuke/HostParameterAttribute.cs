using System.Reflection;
using System.Runtime.CompilerServices;
using ContainerHost.Specification.Parameters;

namespace ContainerHost.Targets;

/// <summary>Marks a member that takes a parameter of hosts; its words and values are those of its row in the library, found by the member's name.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class HostParameterAttribute : ParameterAttribute
{
    private readonly string _row;

    /// <summary>The parameter of that name, by default the member's.</summary>
    public HostParameterAttribute([CallerMemberName] string name = "")
        : base(HostParameters.Help(name)) => Name = _row = name;

    /// <summary>The values to choose from; null where anything goes.</summary>
    public override IEnumerable<(string, object)>? GetValueSet(MemberInfo member, object instance) =>
        HostParameters.Values(_row)?.Select(value => (value, (object)value));
}
