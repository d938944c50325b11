using ContainerHost.Guests;
using ContainerHost.Machines;
using ContainerHost.Runtimes;
using ContainerHost.Specification;

namespace ContainerHost.Hosts.Steps;

/// <summary>What every step works with: the parts, the host under its lock, and what was asked for.</summary>
internal sealed class StepContext(
    HostServices services,
    HostSession session,
    HostSpec spec,
    string? password,
    LockFile? locked
)
{
    public HostServices Services => services;

    public HostSession Session => session;

    /// <summary>What the user asks for now.</summary>
    public HostSpec Spec => spec;

    /// <summary>The password that was given, or null to keep or generate one.</summary>
    public string? Password => password;

    /// <summary>What the host must be made of; null to resolve it anew.</summary>
    public LockFile? Locked => locked;

    /// <summary>What drives the host's machine.</summary>
    public IHypervisor Hypervisor { get; } = services.HypervisorFor(spec);

    public HostConnection Connection { get; } = new(services, session.Folder, () => session.Existing);

    /// <summary>The guest's operating system.</summary>
    public IGuestSystem System { get; } = GuestSystems.For(spec.Guest.Family);

    /// <summary>The container runtime in the guest behind a shell; null where none was asked for.</summary>
    public IContainerRuntime? RuntimeOf(IGuestShell shell) =>
        spec.Guest.Family == GuestFamily.WindowsServer
            ? WindowsRuntimes.Create(spec, shell, Sources)
            : DebianRuntimes.Create(spec, shell, Sources, services.Time, services.Log);

    /// <summary>Where what is installed comes from.</summary>
    public RuntimeSources Sources { get; } =
        new()
        {
            Artifacts = services.Artifacts,
            Releases = services.Releases,
            Version = spec.RuntimeVersion,
            Locked = locked?.Artifacts,
        };

    /// <summary>Steps done before the host had a state to journal them in.</summary>
    public List<(Step Step, StepRecord Record)> Early { get; } = [];
}
