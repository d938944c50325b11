using ContainerHost.Files;
using ContainerHost.Machines;
using ContainerHost.Machines.Qemu;
using ContainerHost.Machines.Screens;
using ContainerHost.Media;
using ContainerHost.Prerequisites;
using ContainerHost.Specification;

namespace ContainerHost.Tests.Prerequisites;

/// <summary>A hypervisor with the requirements of QEMU that can be asked, and acts only where a test says how.</summary>
internal sealed class FakeHypervisor : IHypervisor
{
    public HypervisorFeatures Features { get; set; } =
        new()
        {
            Name = "QEMU 7.2.22",
            Accelerator = "tcg",
            AcceleratorReason = "software emulation, since no guest starts under KVM",
            NestedVirtualization = true,
            NestedReason = "TCG emulates AMD-V",
            Patience = 10,
        };

    public Exception? FeaturesError { get; set; }

    public int FeaturesAsked { get; private set; }

    /// <summary>The one machine there is, running.</summary>
    public MachineSpec? Running { get; set; }

    /// <summary>What starting and stopping do; null where neither may be asked for.</summary>
    public Func<GuestEndpoint>? OnStart { get; init; }

    /// <summary>Where its machine's guest is reached; null where nobody may ask.</summary>
    public Func<GuestEndpoint?>? OnFind { get; init; }

    public Func<TimeSpan, bool>? OnStop { get; init; }

    public Action? OnDestroy { get; init; }

    /// <summary>What its machine has done, and does until the next look.</summary>
    public MachineActivity? Activity { get; set; }

    public Func<MachineActivity, MachineActivity> Work { get; set; } = now => now;

    public Task<MachineActivity?> GetActivityAsync(HostFolder folder, CancellationToken cancellationToken) =>
        Task.FromResult(Activity is { } now ? Activity = Work(now) : null);

    public IReadOnlyList<RequirementCheck> RequirementsFor(HostSpec spec, LocalFolders paths, LocalMachine machine) =>
        new QemuRequirements(this, machine).For(spec, paths);

    public Task<HypervisorFeatures> GetFeaturesAsync(CancellationToken cancellationToken)
    {
        FeaturesAsked++;
        return FeaturesError is null
            ? Task.FromResult(Features)
            : Task.FromException<HypervisorFeatures>(FeaturesError);
    }

    public Task<MachineState> GetStateAsync(HostFolder folder, CancellationToken cancellationToken) =>
        Task.FromResult(Running?.Folder == folder ? MachineState.Running : MachineState.Absent);

    public Task<MachineSpec?> GetSpecAsync(HostFolder folder, CancellationToken cancellationToken) =>
        Task.FromResult(Running?.Folder == folder ? Running : null);

    public Task<MachineSpec> PrepareExportAsync(HostFolder folder, CancellationToken cancellationToken) =>
        Task.FromResult(Running!);

    public Task<BaseDisk> CopyDiskAsync(
        HostFolder folder,
        HostFolder to,
        Guid mark,
        CancellationToken cancellationToken
    ) => throw Acted();

    public Task CreateAsync(MachineSpec spec, CancellationToken cancellationToken) => throw Acted();

    public Task<GuestEndpoint> StartAsync(HostFolder folder, CancellationToken cancellationToken) =>
        OnStart is { } start ? Task.FromResult(start()) : throw Acted();

    public Task<bool> StopAsync(HostFolder folder, TimeSpan grace, CancellationToken cancellationToken) =>
        OnStop is { } stop ? Task.FromResult(stop(grace)) : throw Acted();

    public Task<GuestEndpoint?> GetEndpointAsync(HostFolder folder, CancellationToken cancellationToken) =>
        OnFind is { } find ? Task.FromResult(find()) : throw Acted();

    public Task ReconfigureAsync(HostFolder folder, MachineSize size, CancellationToken cancellationToken) =>
        throw Acted();

    public Task DestroyAsync(HostFolder folder, Guid? instanceId, CancellationToken cancellationToken)
    {
        (OnDestroy ?? throw Acted())();
        return Task.CompletedTask;
    }

    public Task<ScreenPicture?> CaptureScreenAsync(HostFolder folder, CancellationToken cancellationToken) =>
        throw Acted();

    public Task<IReadOnlyList<Checkpoint>> GetCheckpointsAsync(
        HostFolder folder,
        CancellationToken cancellationToken
    ) => throw Acted();

    public Task CreateCheckpointAsync(HostFolder folder, string name, CancellationToken cancellationToken) =>
        throw Acted();

    public Task RestoreCheckpointAsync(HostFolder folder, string name, CancellationToken cancellationToken) =>
        throw Acted();

    public Task RemoveCheckpointAsync(HostFolder folder, string name, CancellationToken cancellationToken) =>
        throw Acted();

    public Task GrowDiskAsync(
        HostFolder folder,
        MachineDisk disk,
        ByteSize size,
        CancellationToken cancellationToken
    ) => throw Acted();

    public Task PowerOnAsync(HostFolder folder, CancellationToken cancellationToken) => throw Acted();

    public Task<Func<CancellationToken, Task>> FindKeyAsync(HostFolder folder, CancellationToken cancellationToken) =>
        throw Acted();

    public Task RemoveMediaAsync(HostFolder folder, CancellationToken cancellationToken) => throw Acted();

    private static InvalidOperationException Acted() => new("A check must not act.");
}
