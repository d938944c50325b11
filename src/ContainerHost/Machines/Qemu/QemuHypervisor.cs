using System.Text.Json.Nodes;
using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Machines.Screens;
using ContainerHost.Media;
using ContainerHost.Prerequisites;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Undoing;
using ContainerHost.Waiting;

namespace ContainerHost.Machines.Qemu;

/// <summary>QEMU as hypervisor: a daemon a machine, everything of a machine in its host's folder, driven through QMP.</summary>
internal sealed class QemuHypervisor(string cacheDirectory, IProcessRunner processes, TimeProvider time) : IHypervisor
{
    private readonly Poll _poll = new(time) { Interval = TimeSpan.FromMilliseconds(250) };
    private readonly QemuMonitor _monitor = new(time);
    private HypervisorFeatures? _features;
    private string _version = "";

    public IReadOnlyList<RequirementCheck> RequirementsFor(HostSpec spec, LocalFolders paths, LocalMachine machine) =>
        new QemuRequirements(this, machine).For(spec, paths);

    public async Task<HypervisorFeatures> GetFeaturesAsync(CancellationToken cancellationToken)
    {
        if (_features is not null)
            return _features;
        var verdict = await new ProbeCache(cacheDirectory, processes).GetAsync(cancellationToken);
        _version = verdict.Version;
        return _features = new HypervisorFeatures
        {
            Name = $"QEMU {verdict.Version}".TrimEnd(),
            Accelerator = verdict.Accelerator,
            AcceleratorReason = verdict.Reason,
            NestedVirtualization = verdict.NestedReason is not null,
            NestedReason =
                verdict.NestedReason
                ?? "the KVM module of this machine has nested=0; 'options kvm_amd nested=1' (or kvm_intel) turns it on",
            Patience = verdict.Accelerator == "tcg" ? 10 : 1,
        };
    }

    public Task CreateAsync(MachineSpec spec, CancellationToken cancellationToken) =>
        UndoStack.RunAsync(async undo =>
        {
            await this.RefuseImpossibleAsync(spec, cancellationToken);
            var features = await GetFeaturesAsync(cancellationToken);
            undo.Push("disk", () => DeleteAsync(spec.Folder.Disk));
            await QemuDisk.CreateAsync(processes, spec, cancellationToken);
            if (spec.DataDisk is not null)
            {
                undo.Push("data disk", () => DeleteAsync(spec.Folder.DataDisk));
                spec = spec with { DataDisk = await new QemuDataDisk(processes, spec).MakeAsync(cancellationToken) };
            }
            if (QemuFirmware.IsNeededBy(spec))
            {
                undo.Push("firmware", () => DeleteAsync(spec.Folder.Firmware));
                QemuFirmware.Prepare(spec.Folder, spec.Name.Value);
            }
            undo.Push("definition", () => DeleteAsync(spec.Folder.Machine));
            spec = spec with { ReturnsMemory = QemuArguments.CanReturnMemory(spec) };
            await SaveAsync(new QemuMachine(spec, features.Accelerator, Port: 0), cancellationToken);
            return true;
        });

    public async Task<GuestEndpoint> StartAsync(HostFolder folder, CancellationToken cancellationToken)
    {
        await MachineFile.NeedAsync<QemuMachine>(folder, cancellationToken);
        using var starting = await QemuProcess.HoldStartAsync(folder, _poll, cancellationToken);
        var machine = await MachineFile.NeedAsync<QemuMachine>(folder, cancellationToken);
        var running = QemuProcess.Find(folder, machine.Spec.InstanceId);
        // One that was to go on, whose start was cut off, may have written to its disk: it begins again.
        if (running is not null && machine.Continues is not null)
        {
            await QemuProcess.KillAsync(running, _poll, folder.Name, cancellationToken);
            running = null;
        }
        if (running is null)
        {
            File.Delete(folder.Qmp);
            File.Delete(folder.PidFile);
            machine = await LaunchAsync(folder, machine, cancellationToken);
        }
        var port = await Forwards.FindSshPortAsync(folder, cancellationToken);
        if (port != machine.Port)
            await SaveAsync(machine with { Port = port }, cancellationToken);
        return new GuestEndpoint("127.0.0.1", port);
    }

    public async Task<bool> StopAsync(HostFolder folder, TimeSpan grace, CancellationToken cancellationToken)
    {
        if (
            await LoadAsync(folder, cancellationToken) is not { } machine
            || QemuProcess.Find(folder, machine.Spec.InstanceId) is not { } process
        )
            return true;
        var host = machine.Spec.Name.Value;
        try
        {
            await _monitor.ExecuteAsync(folder, "system_powerdown", null, cancellationToken);
            var wait = new Wait("the guest shuts down", grace, "nothing: it is turned off now.", host);
            return await QemuProcess.WaitForEndAsync(process, _poll, wait, cancellationToken);
        }
        catch (ContainerHostException)
        {
            if (!process.IsAlive)
                return true;
        }
        await QemuProcess.KillAsync(process, _poll, host, cancellationToken);
        return false;
    }

    public async Task<MachineState> GetStateAsync(HostFolder folder, CancellationToken cancellationToken) =>
        await LoadAsync(folder, cancellationToken) is not { } machine || !File.Exists(folder.Disk) ? MachineState.Absent
        : QemuProcess.Find(folder, machine.Spec.InstanceId) is null ? MachineState.Off
        : MachineState.Running;

    public async Task<GuestEndpoint?> GetEndpointAsync(HostFolder folder, CancellationToken cancellationToken) =>
        await LoadAsync(folder, cancellationToken) is { } machine
        && QemuProcess.Find(folder, machine.Spec.InstanceId) is not null
            ? new GuestEndpoint("127.0.0.1", await Forwards.FindSshPortAsync(folder, cancellationToken))
            : null;

    public async Task<MachineActivity?> GetActivityAsync(HostFolder folder, CancellationToken cancellationToken) =>
        await FindAsync(folder, cancellationToken) is { } activity
            ? await activity.ReadAsync(_monitor, cancellationToken)
            : null;

    public async Task<MachineUse> GetUseAsync(HostFolder folder, CancellationToken cancellationToken) =>
        (await FindAsync(folder, cancellationToken))?.Use ?? new MachineUse(null, null);

    private static async Task<QemuActivity?> FindAsync(HostFolder folder, CancellationToken cancellationToken) =>
        await LoadAsync(folder, cancellationToken) is { } machine
            ? new QemuActivity(folder, QemuProcess.Find(folder, machine.Spec.InstanceId))
            : null;

    public async Task ReconfigureAsync(HostFolder folder, MachineSize size, CancellationToken cancellationToken)
    {
        var machine = await MachineFile.NeedAsync<QemuMachine>(folder, cancellationToken);
        var spec = machine.Spec;
        await this.RefuseImpossibleNestingAsync(size.Nested, spec.Name.Value, cancellationToken);
        if (QemuProcess.Find(folder, spec.InstanceId) is not null)
            throw MachineFile.Failed(
                "change the machine",
                "it runs; processors, memory and nesting change only while it is off",
                spec.Name.Value
            );
        await SaveAsync(machine with { Spec = spec with { Size = size } }, cancellationToken);
    }

    public async Task<MachineSpec?> GetSpecAsync(HostFolder folder, CancellationToken cancellationToken) =>
        (await LoadAsync(folder, cancellationToken))?.Spec;

    public async Task DestroyAsync(HostFolder folder, Guid? instanceId, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder.Path))
            return;
        using var starting = await QemuProcess.HoldStartAsync(folder, _poll, cancellationToken);
        var had = (await MachineFile.TryLoadAsync<QemuMachine>(folder, cancellationToken))?.Spec;
        var mark = instanceId ?? had?.InstanceId;
        if (mark is { } id && QemuProcess.Find(folder, id) is { } process)
            await QemuProcess.KillAsync(process, _poll, Path.GetFileName(folder.Path), cancellationToken);
        // Before its definition goes, by which a later run knows that it was on one.
        if (had?.PrivateNetwork is { } network)
            await SwitchOf(folder, network).EndUnusedAsync(folder, cancellationToken);
        string[] files =
        [
            folder.Qmp,
            folder.PidFile,
            folder.Disk,
            folder.DataDisk,
            folder.Firmware,
            folder.SerialLog,
            folder.Machine,
        ];
        foreach (var file in files)
            await DeleteAsync(file);
    }

    private PrivateSwitch SwitchOf(HostFolder folder, HostName network) =>
        new(Path.GetDirectoryName(folder.Path)!, network, processes, time);

    public async Task<ScreenPicture?> CaptureScreenAsync(HostFolder folder, CancellationToken cancellationToken)
    {
        if (
            await GetStateAsync(folder, cancellationToken) != MachineState.Running
            || await LoadAsync(folder, cancellationToken) is not { } machine
        )
            return null;
        using var exchange = new ExchangeFolder(machine.Spec.InstanceId);
        var picture = exchange.NewPath(".ppm");
        var arguments = new JsonObject { ["filename"] = picture, ["format"] = "ppm" };
        await _monitor.ExecuteAsync(folder, "screendump", arguments, cancellationToken);
        return ScreenPicture.FromPixmap(await File.ReadAllBytesAsync(picture, cancellationToken));
    }

    public Task<IReadOnlyList<Checkpoint>> GetCheckpointsAsync(
        HostFolder folder,
        CancellationToken cancellationToken
    ) => Checkpoints.ListAsync(folder, cancellationToken);

    public async Task CreateCheckpointAsync(HostFolder folder, string name, CancellationToken cancellationToken) =>
        await Checkpoints.CreateAsync(folder, name, await RunsAsync(folder, cancellationToken), cancellationToken);

    public async Task RestoreCheckpointAsync(HostFolder folder, string name, CancellationToken cancellationToken)
    {
        var kept = (await GetCheckpointsAsync(folder, cancellationToken)).FirstOrDefault(one => one.Name == name);
        if (kept is null)
            throw MachineFile.Failed(
                $"restore the checkpoint '{name}'",
                "there is none of that name",
                folder.Name,
                "choose one that is there."
            );
        // What a machine does in the moment after its start is of no consequence: its disk goes back too.
        if (kept.HasMemory)
            await StartAsync(folder, cancellationToken);
        else
            await StopAsync(folder, TimeSpan.Zero, cancellationToken);
        try
        {
            await Checkpoints.RestoreAsync(folder, name, kept.HasMemory, cancellationToken);
        }
        catch when (kept.HasMemory)
        {
            // QEMU takes the disk back first, and leaves a machine whose memory it could not load paused upon it.
            await StopAsync(folder, TimeSpan.Zero, CancellationToken.None);
            throw;
        }
        // The disks have the sizes that they had.
        var machine = await MachineFile.NeedAsync<QemuMachine>(folder, cancellationToken);
        var spec = await Checkpoints.WithSizesAsync(machine.Spec, cancellationToken);
        await SaveAsync(machine with { Spec = spec }, cancellationToken);
    }

    public async Task RemoveCheckpointAsync(HostFolder folder, string name, CancellationToken cancellationToken) =>
        await Checkpoints.RemoveAsync(folder, name, await RunsAsync(folder, cancellationToken), cancellationToken);

    public async Task GrowDiskAsync(
        HostFolder folder,
        MachineDisk disk,
        ByteSize size,
        CancellationToken cancellationToken
    )
    {
        var machine = await MachineFile.NeedAsync<QemuMachine>(folder, cancellationToken);
        if (await Checkpoints.SizeAsync(folder, disk, cancellationToken) is var has && size < has)
            throw MachineFile.Failed("grow the disk", $"it has {has} already", folder.Name, "ask for more.");
        var runs = await RunsAsync(folder, cancellationToken);
        await Checkpoints.GrowAsync(folder, disk, size.Bytes, runs, cancellationToken);
        await SaveAsync(machine with { Spec = machine.Spec.WithSize(disk, size) }, cancellationToken);
    }

    public bool ListensWithOurRights => !QemuUser.CanBecomeAnother();

    public async Task<IReadOnlyList<PortForward>> GetForwardsAsync(
        HostFolder folder,
        CancellationToken cancellationToken
    ) => await RunsAsync(folder, cancellationToken) ? await Forwards.ListAsync(folder, cancellationToken) : [];

    public Task ForwardAsync(
        HostFolder folder,
        IReadOnlyList<PortForward> wanted,
        CancellationToken cancellationToken
    ) => Forwards.SetAsync(folder, wanted, cancellationToken);

    private QemuForwards Forwards => new(_monitor);
    private QemuCheckpoints Checkpoints => new(_monitor, processes, _poll);

    private async Task<bool> RunsAsync(HostFolder folder, CancellationToken cancellationToken) =>
        await GetStateAsync(folder, cancellationToken) == MachineState.Running;

    public IMemoryFreezer Freezer => new QemuFreezer(_monitor, _poll);

    public async Task<BaseDisk> CopyDiskAsync(
        HostFolder folder,
        HostFolder to,
        Guid mark,
        CancellationToken cancellationToken
    )
    {
        var machine = await MachineFile.NeedAsync<QemuMachine>(folder, cancellationToken);
        return await QemuDisk.CopyAsync(processes, machine.Spec, to, cancellationToken);
    }

    public async Task<MachineSpec> PrepareExportAsync(HostFolder folder, CancellationToken cancellationToken)
    {
        var machine = await MachineFile.NeedAsync<QemuMachine>(folder, cancellationToken);
        return machine.Continues is null
            ? machine.Spec
            : throw MachineFile.Failed(
                "export the machine",
                "it has not gone on yet from where its template was frozen",
                folder.Name
            );
    }

    public async Task PrepareImportAsync(MachineSpec spec, CancellationToken cancellationToken)
    {
        await this.RefuseImpossibleAsync(spec, cancellationToken);
        if (QemuFirmware.IsNeededBy(spec))
            QemuFirmware.RequireCode(spec.Name.Value);
    }

    public async Task ImportAsync(MachineSpec spec, CancellationToken cancellationToken)
    {
        await PrepareImportAsync(spec, cancellationToken);
        if (QemuFirmware.IsNeededBy(spec) && !File.Exists(spec.Folder.Firmware))
            throw MachineFile.Failed("define the machine", "its UEFI variables are not there", spec.Name.Value);
        var features = await GetFeaturesAsync(cancellationToken);
        // Whatever it went on with once, it boots.
        var machine = new QemuMachine(spec, features.Accelerator, Port: 0) { HasContinued = spec.Saved is not null };
        await SaveAsync(machine, cancellationToken);
    }

    public Task PowerOnAsync(HostFolder folder, CancellationToken cancellationToken) =>
        StartAsync(folder, cancellationToken);

    public Task<Func<CancellationToken, Task>> FindKeyAsync(HostFolder folder, CancellationToken cancellationToken) =>
        Task.FromResult<Func<CancellationToken, Task>>(async token =>
        {
            var key = new JsonObject { ["type"] = "qcode", ["data"] = "ret" };
            await _monitor.ExecuteAsync(folder, "send-key", new JsonObject { ["keys"] = new JsonArray(key) }, token);
        });

    public async Task RemoveMediaAsync(HostFolder folder, CancellationToken cancellationToken)
    {
        var machine = await MachineFile.NeedAsync<QemuMachine>(folder, cancellationToken);
        if (!machine.Spec.HasMedia)
            return;
        if (QemuProcess.Find(folder, machine.Spec.InstanceId) is not null)
        {
            foreach (var drive in QemuArguments.RemovableDrives(machine.Spec))
                await _monitor.ExecuteAsync(
                    folder,
                    "eject",
                    new JsonObject { ["id"] = drive, ["force"] = true },
                    cancellationToken
                );
        }
        await SaveAsync(machine with { Spec = machine.Spec with { HasMedia = false } }, cancellationToken);
    }

    private async Task<QemuMachine> LaunchAsync(
        HostFolder folder,
        QemuMachine machine,
        CancellationToken cancellationToken
    )
    {
        var features = await GetFeaturesAsync(cancellationToken);
        machine = machine with { Accelerator = features.Accelerator };
        if (machine.Spec.PrivateNetwork is { } network)
            await SwitchOf(folder, network).EnsureAsync(cancellationToken);
        if (machine.Continues is not null)
        {
            await DeleteAsync(folder.Disk);
            await QemuDisk.CreateAsync(processes, machine.Spec, cancellationToken);
        }
        var result = await processes.RunAsync(QemuProcess.Start(machine, _version), cancellationToken);
        // The port it had before may be another's by now; any other will do.
        if (!result.Succeeded && machine.Port != 0)
        {
            machine = machine with { Port = 0 };
            result = await processes.RunAsync(QemuProcess.Start(machine, _version), cancellationToken);
        }
        if (!result.Succeeded)
            throw MachineFile.Failed(
                "start the machine",
                $"exit code {result.ExitCode}\n{result.StandardError.Trim()}\nfrom: {QemuProcess.Start(machine, _version)}",
                machine.Spec.Name.Value
            );
        if (machine.Continues is not { } saved)
            return machine;
        await _monitor.WithStateAsync(
            folder,
            machine,
            (state, token) => state.LoadAsync(saved.StatePath, token),
            cancellationToken
        );
        machine = machine with { HasContinued = true };
        await SaveAsync(machine, cancellationToken);
        return machine;
    }

    private static Task<QemuMachine?> LoadAsync(HostFolder folder, CancellationToken cancellationToken) =>
        MachineFile.LoadAsync<QemuMachine>(folder, cancellationToken);

    private static Task SaveAsync(QemuMachine machine, CancellationToken cancellationToken) =>
        MachineFile.SaveAsync(machine.Spec.Folder, machine, cancellationToken);

    private static Task DeleteAsync(string path)
    {
        if (Directory.Exists(Path.GetDirectoryName(path)))
            File.Delete(path);
        return Task.CompletedTask;
    }
}
