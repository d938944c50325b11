using ContainerHost.Machines;
using ContainerHost.Specification;

namespace ContainerHost.Hosts.Steps;

/// <summary>What every step works with: the parts, the host under its lock, and what was asked for.</summary>
internal sealed class StepContext(HostServices services, HostSession session, HostSpec spec, string? password)
{
    public HostServices Services => services;

    public HostSession Session => session;

    /// <summary>What the user asks for now.</summary>
    public HostSpec Spec => spec;

    /// <summary>The password that was given, or null to keep or generate one.</summary>
    public string? Password => password;

    /// <summary>What drives the host's machine.</summary>
    public IHypervisor Hypervisor { get; } = services.HypervisorFor(spec);

    public HostConnection Connection { get; } = new(services, session.Folder, () => session.Existing);

    /// <summary>Steps done before the host had a state to journal them in.</summary>
    public List<(Step Step, StepRecord Record)> Early { get; } = [];
}
