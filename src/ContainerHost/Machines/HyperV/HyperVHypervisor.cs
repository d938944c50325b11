using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Machines.HyperV.Cim;
using ContainerHost.Machines.HyperV.Cim.Wmi;
using ContainerHost.Machines.HyperV.Files;
using ContainerHost.Machines.HyperV.Settings;
using ContainerHost.Machines.Screens;
using ContainerHost.Media;
using ContainerHost.Prerequisites;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Undoing;
using ContainerHost.Waiting;

namespace ContainerHost.Machines.HyperV;

/// <summary>Hyper-V as hypervisor, through CIM: machines of generation 2, known by the mark in their notes.</summary>
internal sealed class HyperVHypervisor(HyperVHost host, HyperVSpec options, IProcessRunner processes) : IHypervisor
{
    private const int SshPort = 22;

    public HyperVHost Host => host;

    /// <summary>The hypervisor on the host that the spec names; connected by the first call.</summary>
    public static HyperVHypervisor Connect(
        HyperVSpec spec,
        string? password,
        IProcessRunner processes,
        TimeProvider time,
        Action<string>? progress = null
    )
    {
        if (spec.Computer is { } name && ThisMachine.Is(name))
            spec = spec with { Computer = null };
        var target = new CimTarget(spec.Computer, spec.Transport, spec.Authentication, spec.User, password);
        var host = new HyperVHost(
            new MiNamespace(target, @"root\virtualization\v2", time),
            new MiNamespace(target, @"root\cimv2", time),
            new WindowsFiles(spec.Computer, spec.User, password),
            time,
            progress
        );
        return new HyperVHypervisor(host, spec, processes);
    }

    public IReadOnlyList<RequirementCheck> RequirementsFor(HostSpec spec, LocalFolders paths, LocalMachine machine) =>
        new HyperVRequirements(host, options, machine).For(spec, paths);

    public async Task<HypervisorFeatures> GetFeaturesAsync(CancellationToken cancellationToken)
    {
        var facts = await host.Windows.ReadAsync(cancellationToken);
        var nesting = facts.Nesting();
        return new HypervisorFeatures
        {
            Name = $"Hyper-V (Windows build {facts.Build})",
            Accelerator = "hyper-v",
            AcceleratorReason = $"{facts.Title} on {host.Space.Host}",
            NestedVirtualization = nesting.Met,
            NestedReason = nesting.Found,
            Patience = 1,
            DiskFolder = host.Files.IsLocal ? (await host.PathsAsync(cancellationToken)).DiskFolder : null,
            DiskFormat = DiskFormat.Vhdx,
            NeedsUefi = true,
            // Its daemon for key-value exchange tells the host the guest's addresses.
            GuestPackages = ["hyperv-daemons"],
        };
    }

    public Task CreateAsync(MachineSpec spec, CancellationToken cancellationToken) =>
        UndoStack.RunAsync(async undo =>
        {
            await this.RefuseImpossibleAsync(spec, cancellationToken);
            await new Creation(host, options).RunAsync(spec, undo, cancellationToken);
            await MachineFile.SaveAsync(spec.Folder, spec, cancellationToken);
            return true;
        });

    public async Task<GuestEndpoint> StartAsync(HostFolder folder, CancellationToken cancellationToken)
    {
        var spec = await NeedSpecAsync(folder, cancellationToken);
        await PowerOnAsync(folder, cancellationToken);
        return new GuestEndpoint(await new Power(host).WaitForAddressAsync(spec, cancellationToken), SshPort);
    }

    public async Task<bool> StopAsync(HostFolder folder, TimeSpan grace, CancellationToken cancellationToken)
    {
        await TryEndForwardsAsync(folder, cancellationToken);
        if (await FindAsync(folder, cancellationToken) is not { IsOff: false } machine)
            return true;
        var power = new Power(host);
        if (await power.ShutDownAsync(machine, grace, cancellationToken))
            return true;
        await power.TurnOffAsync(machine, cancellationToken);
        return false;
    }

    public async Task<MachineState> GetStateAsync(HostFolder folder, CancellationToken cancellationToken) =>
        (await FindAsync(folder, cancellationToken))?.Seen ?? MachineState.Absent;

    public async Task<GuestEndpoint?> GetEndpointAsync(HostFolder folder, CancellationToken cancellationToken)
    {
        if (await FindAsync(folder, cancellationToken) is not { Seen: MachineState.Running } machine)
            return null;
        var address = await new GuestAddresses(host).FindAsync(machine, cancellationToken);
        return address is null ? null : new GuestEndpoint(address, SshPort);
    }

    public async Task<MachineUse> GetUseAsync(HostFolder folder, CancellationToken cancellationToken)
    {
        if (await FindAsync(folder, cancellationToken) is not { } machine)
            return new MachineUse(null, null);
        var paths = await host.PathsAsync(cancellationToken);
        var mark = (await NeedSpecAsync(folder, cancellationToken)).InstanceId;
        return new MachineUse(
            await host.Files.LengthInAsync(paths.Machine(mark), cancellationToken),
            await host.Machines.MemoryOfAsync(machine, cancellationToken)
        );
    }

    public async Task ReconfigureAsync(HostFolder folder, MachineSize size, CancellationToken cancellationToken)
    {
        var spec = await NeedSpecAsync(folder, cancellationToken);
        await this.RefuseImpossibleNestingAsync(size.Nested, spec.Name.Value, cancellationToken);
        var machine = await host.Machines.NeedAsync(spec, cancellationToken);
        await new Adjustment(host).ApplyAsync(machine, size, cancellationToken);
        await MachineFile.SaveAsync(folder, spec with { Size = size }, cancellationToken);
    }

    public Task<MachineSpec?> GetSpecAsync(HostFolder folder, CancellationToken cancellationToken) =>
        MachineFile.LoadAsync<MachineSpec>(folder, cancellationToken);

    public async Task DestroyAsync(HostFolder folder, Guid? instanceId, CancellationToken cancellationToken)
    {
        // First, since a refusal must come before anything is gone.
        await ForwardAsync(folder, [], cancellationToken);
        var spec = await MachineFile.TryLoadAsync<MachineSpec>(folder, cancellationToken);
        var mark = instanceId ?? (await GetSpecAsync(folder, cancellationToken))?.InstanceId;
        if (mark is { } id)
            await new Removal(host).RunAsync(id, cancellationToken);
        // A removal that was cut off may have left it without its machine.
        if (spec?.PrivateNetwork is { } network)
            await new PrivateNetworkSwitch(host).EndUnusedAsync(network, cancellationToken);
        if (Directory.Exists(folder.Path))
            File.Delete(folder.Machine);
    }

    public async Task<ScreenPicture?> CaptureScreenAsync(HostFolder folder, CancellationToken cancellationToken)
    {
        if (await FindAsync(folder, cancellationToken) is not { Seen: MachineState.Running } machine)
            return null;
        // Bytes cross WS-Management as an XML element each.
        var (width, height) = options.IsOverWsMan ? ((ushort)80, (ushort)60) : ((ushort)800, (ushort)600);
        try
        {
            var result = await host.ManageAsync(
                "picture the machine's console",
                "GetVirtualSystemThumbnailImage",
                machine.Name,
                cancellationToken,
                CimProperty.Reference("TargetSystem", machine.Settings.Stored),
                CimProperty.UInt16("WidthPixels", width),
                CimProperty.UInt16("HeightPixels", height)
            );
            return ScreenPicture.FromRgb565(result.Get<byte[]>("ImageData") ?? [], width, height);
        }
        catch (CimCallException none) when (none.Failure != CimFailure.Unreachable)
        {
            // There is none before the firmware has a screen, while its mode changes, and just after power-off (microsoft/openvmm, #4336, #2202).
            return null;
        }
    }

    public async Task<IReadOnlyDictionary<string, string>> DiagnoseAsync(
        Func<IHypervisor, Task<string>> check,
        CancellationToken cancellationToken
    )
    {
        var record = new CimRecord();
        var recorded = new HyperVHypervisor(host.Recorded(record), options, processes);
        var prerequisites = await check(recorded);
        var told = await new HyperVDiagnosis(recorded.Host, host).RunAsync(cancellationToken);
        return new Dictionary<string, string>
        {
            ["prerequisites.txt"] = prerequisites,
            ["hyper-v.txt"] = told,
            ["calls.jsonl"] = $"{record}",
        };
    }

    public async Task<Guid?> GetDirectIdAsync(HostFolder folder, CancellationToken cancellationToken) =>
        host.Files.IsLocal
        && await FindAsync(folder, cancellationToken) is { } machine
        && Guid.TryParse(machine.System.Text("Name"), out var id)
            ? id
            : null;

    public async Task PowerOnAsync(HostFolder folder, CancellationToken cancellationToken)
    {
        var machine = await NeedAsync(folder, cancellationToken);
        // One that went off by itself left its own.
        if (machine.IsOff)
            await TryEndForwardsAsync(folder, cancellationToken);
        await new Power(host).StartAsync(machine, cancellationToken);
    }

    public async Task<Func<CancellationToken, Task>> FindKeyAsync(
        HostFolder folder,
        CancellationToken cancellationToken
    ) => new Power(host).FindKey(await NeedAsync(folder, cancellationToken));

    public async Task RemoveMediaAsync(HostFolder folder, CancellationToken cancellationToken)
    {
        var spec = await NeedSpecAsync(folder, cancellationToken);
        if (!spec.HasMedia)
            return;
        var machine = await host.Machines.NeedAsync(spec, cancellationToken);
        await new Devices(host, machine).RemoveMediaAsync(spec.InstanceId, cancellationToken);
        await MachineFile.SaveAsync(folder, spec with { HasMedia = false }, cancellationToken);
    }

    public async Task<IReadOnlyList<Checkpoint>> GetCheckpointsAsync(
        HostFolder folder,
        CancellationToken cancellationToken
    ) => await (await CheckpointsOfAsync(folder, cancellationToken)).ListAsync(cancellationToken);

    public async Task CreateCheckpointAsync(HostFolder folder, string name, CancellationToken cancellationToken) =>
        await (await CheckpointsOfAsync(folder, cancellationToken)).CreateAsync(name, cancellationToken);

    public async Task RestoreCheckpointAsync(HostFolder folder, string name, CancellationToken cancellationToken)
    {
        await TryEndForwardsAsync(folder, cancellationToken);
        await (await CheckpointsOfAsync(folder, cancellationToken)).RestoreAsync(name, cancellationToken);
    }

    public async Task RemoveCheckpointAsync(HostFolder folder, string name, CancellationToken cancellationToken) =>
        await (await CheckpointsOfAsync(folder, cancellationToken)).RemoveAsync(name, cancellationToken);

    public async Task GrowDiskAsync(
        HostFolder folder,
        MachineDisk disk,
        ByteSize size,
        CancellationToken cancellationToken
    )
    {
        var spec = await NeedSpecAsync(folder, cancellationToken);
        var machine = await host.Machines.NeedAsync(spec, cancellationToken);
        var paths = await host.PathsAsync(cancellationToken);
        var path = disk == MachineDisk.Data ? paths.DataDisk(spec.InstanceId) : paths.Disk(spec.InstanceId);
        await new Disks(host).GrowAsync(machine, path, size, cancellationToken);
        await MachineFile.SaveAsync(folder, spec.WithSize(disk, size), cancellationToken);
    }

    public async Task<IReadOnlyList<PortForward>> GetForwardsAsync(
        HostFolder folder,
        CancellationToken cancellationToken
    )
    {
        var held = await ProxiesOf(folder).ListAsync(cancellationToken);
        if (held.Count == 0)
            return [];
        var guest = await GetEndpointAsync(folder, cancellationToken);
        return
        [
            .. held.Where(entry => entry.Address == guest?.Address)
                .Select(entry => entry.Forward)
                .Where(PortProxies.IsHeard),
        ];
    }

    public async Task<IReadOnlyList<PortForward>> GetHeldPortsAsync(
        HostFolder folder,
        CancellationToken cancellationToken
    ) => [.. (await ProxiesOf(folder).ListAsync(cancellationToken)).Select(entry => entry.Forward)];

    public async Task ForwardAsync(
        HostFolder folder,
        IReadOnlyList<PortForward> wanted,
        CancellationToken cancellationToken
    )
    {
        var guest = wanted.Count == 0 ? null : await GetEndpointAsync(folder, cancellationToken);
        await ProxiesOf(folder).SetAsync(guest?.Address, wanted, cancellationToken);
    }

    // What only an administrator may end keeps nobody from what he does to the machine.
    private async Task TryEndForwardsAsync(HostFolder folder, CancellationToken cancellationToken)
    {
        try
        {
            await ForwardAsync(folder, [], cancellationToken);
        }
        catch (ContainerHostException refused)
        {
            host.Tell(
                $"ports of this machine still lead to the last address of '{folder.Name}', until Stop is run as an administrator: {refused.Saw}"
            );
        }
    }

    private PortProxies ProxiesOf(HostFolder folder) => new(processes, host.Poll, folder);

    public async Task<bool?> GetAutostartAsync(HostFolder folder, CancellationToken cancellationToken) =>
        (await FindAsync(folder, cancellationToken))?.Settings.Get<ushort>("AutomaticStartupAction")
        == MachineSettings.AlwaysStart;

    public async Task SetAutostartAsync(HostFolder folder, bool on, CancellationToken cancellationToken)
    {
        const string attempted = "change whether the machine starts with its host";
        var machine = await NeedAsync(folder, cancellationToken);
        // "can only be done when the VM is powered off" (dsccommunity/HyperVDsc #216).
        if (!machine.IsOff)
            throw MachineFile.Failed(
                attempted,
                $"it is {machine.StateTitle}; that changes only while it is off",
                machine.Name,
                $"'./build.sh Stop --name {machine.Name}' first, and Start it afterwards."
            );
        await host.ManageAsync(
            attempted,
            "ModifySystemSettings",
            machine.Name,
            cancellationToken,
            CimProperty.Embedded("SystemSettings", MachineSettings.Autostart(machine.Settings, on))
        );
    }

    public async Task<BaseDisk> CopyDiskAsync(
        HostFolder folder,
        HostFolder to,
        Guid mark,
        CancellationToken cancellationToken
    ) =>
        await new TemplateDisks(host).CopyAsync(
            await NeedSpecAsync(folder, cancellationToken),
            mark,
            cancellationToken
        );

    public async Task<BaseDisk> SealAsync(HostFolder folder, BaseDisk disk, CancellationToken cancellationToken) =>
        await new TemplateDisks(host).SealAsync(
            await NeedSpecAsync(folder, cancellationToken),
            disk,
            cancellationToken
        );

    public async Task<IReadOnlyList<TemplateFile>> FindSealedAsync(
        HostFolder folder,
        BaseDisk disk,
        CancellationToken cancellationToken
    ) =>
        await new TemplateDisks(host).FindAsync(
            await NeedSpecAsync(folder, cancellationToken),
            disk,
            cancellationToken
        );

    private async Task<Checkpoints> CheckpointsOfAsync(HostFolder folder, CancellationToken cancellationToken) =>
        new(host, await NeedAsync(folder, cancellationToken));

    private async Task<HyperVMachine?> FindAsync(HostFolder folder, CancellationToken cancellationToken) =>
        await GetSpecAsync(folder, cancellationToken) is { } spec
            ? await host.Machines.FindAsync(spec.InstanceId, cancellationToken)
            : null;

    private async Task<HyperVMachine> NeedAsync(HostFolder folder, CancellationToken cancellationToken) =>
        await host.Machines.NeedAsync(await NeedSpecAsync(folder, cancellationToken), cancellationToken);

    private static Task<MachineSpec> NeedSpecAsync(HostFolder folder, CancellationToken cancellationToken) =>
        MachineFile.NeedAsync<MachineSpec>(folder, cancellationToken);
}
