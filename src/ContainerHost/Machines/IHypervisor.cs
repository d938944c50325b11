using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Machines.Screens;
using ContainerHost.Media;
using ContainerHost.Prerequisites;
using ContainerHost.Specification;

namespace ContainerHost.Machines;

/// <summary>
/// Makes and drives virtual machines. Every call may be repeated: what is already so is left so. A machine is known by its
/// <see cref="HostFolder"/>, and only machines that bear our mark are touched.
/// </summary>
internal interface IHypervisor : IRequirementSource
{
    /// <summary>What can be done here; the first call probes by starting a guest, later calls remember.</summary>
    Task<HypervisorFeatures> GetFeaturesAsync(CancellationToken cancellationToken);

    /// <summary>Defines the machine with its disk, off; a failure at any step leaves nothing of it behind. An already defined machine is an error.</summary>
    Task CreateAsync(MachineSpec spec, CancellationToken cancellationToken);

    /// <summary>Starts the machine if it is off, and returns where its guest will be reached.</summary>
    Task<GuestEndpoint> StartAsync(HostFolder folder, CancellationToken cancellationToken);

    /// <summary>Asks the guest to shut down, and turns the machine off after the grace period; returns true when the guest did it itself.</summary>
    Task<bool> StopAsync(HostFolder folder, TimeSpan grace, CancellationToken cancellationToken);

    /// <summary>Says whether the machine is absent, off or running, and never takes another's machine for ours.</summary>
    Task<MachineState> GetStateAsync(HostFolder folder, CancellationToken cancellationToken);

    /// <summary>Where the guest of a running machine is reached, or null when it does not run.</summary>
    Task<GuestEndpoint?> GetEndpointAsync(HostFolder folder, CancellationToken cancellationToken);

    /// <summary>Changes processors, memory or nesting of a machine that is off; refuses on a running one.</summary>
    Task ReconfigureAsync(HostFolder folder, MachineSize size, CancellationToken cancellationToken);

    /// <summary>Null when there is no such machine.</summary>
    Task<MachineSpec?> GetSpecAsync(HostFolder folder, CancellationToken cancellationToken);

    /// <summary>Turns the machine off and removes its definition and disk, in whatever state they are, half-made included.</summary>
    Task DestroyAsync(HostFolder folder, Guid? instanceId, CancellationToken cancellationToken);

    /// <summary>What the machine has done so far; null where its hypervisor tells nothing of it.</summary>
    Task<MachineActivity?> GetActivityAsync(HostFolder folder, CancellationToken cancellationToken) =>
        Task.FromResult<MachineActivity?>(null);

    /// <summary>What the machine takes now of disk and memory; nothing of it is known by default.</summary>
    Task<MachineUse> GetUseAsync(HostFolder folder, CancellationToken cancellationToken) =>
        Task.FromResult(new MachineUse(null, null));

    /// <summary>The id by which PowerShell Direct knows the machine; null where it cannot be used, as on another hypervisor or a remote host.</summary>
    Task<Guid?> GetDirectIdAsync(HostFolder folder, CancellationToken cancellationToken) =>
        Task.FromResult<Guid?>(null);

    /// <summary>What a bug report wants to know of it, as files by their names; <paramref name="check"/> is what CheckPrereqs tells of a hypervisor.</summary>
    async Task<IReadOnlyDictionary<string, string>> DiagnoseAsync(
        Func<IHypervisor, Task<string>> check,
        CancellationToken cancellationToken
    ) =>
        new Dictionary<string, string>
        {
            ["prerequisites.txt"] = await check(this),
            ["hypervisor.txt"] = $"{await GetFeaturesAsync(cancellationToken)}\n",
        };

    /// <summary>Null when the machine does not run, or shows nothing yet.</summary>
    Task<ScreenPicture?> CaptureScreenAsync(HostFolder folder, CancellationToken cancellationToken);

    /// <summary>The machine's checkpoints, oldest first.</summary>
    Task<IReadOnlyList<Checkpoint>> GetCheckpointsAsync(HostFolder folder, CancellationToken cancellationToken);

    /// <summary>Keeps the state of a machine, with its memory where it runs; no checkpoint may have the name yet.</summary>
    Task CreateCheckpointAsync(HostFolder folder, string name, CancellationToken cancellationToken);

    /// <summary>Takes the machine back; afterwards it runs where the checkpoint has memory, else it is off.</summary>
    Task RestoreCheckpointAsync(HostFolder folder, string name, CancellationToken cancellationToken);

    /// <summary>Removes a checkpoint and what it alone kept; one that is not there is fine.</summary>
    Task RemoveCheckpointAsync(HostFolder folder, string name, CancellationToken cancellationToken);

    /// <summary>Makes a disk of a machine larger, running or off; what is in it stays as it is. Smaller is an error, and on Hyper-V one with checkpoints.</summary>
    Task GrowDiskAsync(HostFolder folder, MachineDisk disk, ByteSize size, CancellationToken cancellationToken);

    /// <summary>True where whoever listens for the guest here may do what this user may; false where it has fewer rights.</summary>
    bool ListensWithOurRights => true;

    /// <summary>The ports of this machine that lead to the guest, but for that of its SSH server; none while the machine is off.</summary>
    Task<IReadOnlyList<PortForward>> GetForwardsAsync(HostFolder folder, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PortForward>>([]);

    /// <summary>The ports of this machine that are held for the guest, whether or not they lead to it just now.</summary>
    Task<IReadOnlyList<PortForward>> GetHeldPortsAsync(HostFolder folder, CancellationToken cancellationToken) =>
        GetForwardsAsync(folder, cancellationToken);

    /// <summary>Has exactly those ports lead to the guest of a running machine, until it is off; after a failure they are as they were.</summary>
    Task ForwardAsync(HostFolder folder, IReadOnlyList<PortForward> wanted, CancellationToken cancellationToken) =>
        throw NotYet("forward ports", folder);

    /// <summary>What freezes machines as they run; null where templates can only be off.</summary>
    IMemoryFreezer? Freezer => null;

    /// <summary>Whether the hypervisor starts the machine with its own computer; null where it starts none by itself.</summary>
    Task<bool?> GetAutostartAsync(HostFolder folder, CancellationToken cancellationToken) =>
        Task.FromResult<bool?>(null);

    /// <summary>Has the hypervisor start a machine, which is off now, with its own computer, or not any more.</summary>
    Task SetAutostartAsync(HostFolder folder, bool on, CancellationToken cancellationToken) =>
        throw NotYet("have the hypervisor start the machine", folder);

    /// <summary>Copies the whole disk of a machine that is off, for the machine of a mark and folder to lie on, with which the copy is removed.</summary>
    Task<BaseDisk> CopyDiskAsync(HostFolder folder, HostFolder to, Guid mark, CancellationToken cancellationToken);

    /// <summary>
    /// Keeps a machine that has stopped for good as a template: nothing starts it or writes to its files any more, whose digests are kept. Returns its disk as clones
    /// lie on it.
    /// </summary>
    Task<BaseDisk> SealAsync(HostFolder folder, BaseDisk disk, CancellationToken cancellationToken) =>
        TemplateFiles.SealAsync(folder, disk, cancellationToken);

    /// <summary>The files of a template of that disk, as they are now.</summary>
    Task<IReadOnlyList<TemplateFile>> FindSealedAsync(
        HostFolder folder,
        BaseDisk disk,
        CancellationToken cancellationToken
    ) => TemplateFiles.FindAsync(folder, disk, cancellationToken);

    /// <summary>The machine as another can be made of it elsewhere, with its disks.</summary>
    Task<MachineSpec> PrepareExportAsync(HostFolder folder, CancellationToken cancellationToken) =>
        throw NotYet("export hosts", folder);

    /// <summary>Refuses a machine from elsewhere that cannot be here; touches nothing.</summary>
    Task PrepareImportAsync(MachineSpec spec, CancellationToken cancellationToken) =>
        throw NotYet("import hosts", spec.Folder);

    /// <summary>Defines a machine from elsewhere, off, whose disks are in its folder.</summary>
    Task ImportAsync(MachineSpec spec, CancellationToken cancellationToken) =>
        throw NotYet("import hosts", spec.Folder);

    /// <summary>Turns the machine on without waiting for anything of its guest.</summary>
    Task PowerOnAsync(HostFolder folder, CancellationToken cancellationToken);

    /// <summary>What presses the machine's Enter key once a call, and fails while it does not run; all look-ups are done before.</summary>
    Task<Func<CancellationToken, Task>> FindKeyAsync(HostFolder folder, CancellationToken cancellationToken);

    /// <summary>Takes the installation and answer media out of the machine, running or not, for good; a machine without them is left so.</summary>
    Task RemoveMediaAsync(HostFolder folder, CancellationToken cancellationToken);

    private static ContainerHostException NotYet(string attempted, HostFolder folder) =>
        new(attempted, "this hypervisor does not do it yet", "use --provider Qemu.", folder.Name);
}
