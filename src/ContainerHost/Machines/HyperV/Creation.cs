using ContainerHost.Errors;
using ContainerHost.Machines.HyperV.Cim;
using ContainerHost.Machines.HyperV.Settings;
using ContainerHost.Media;
using ContainerHost.Specification;
using ContainerHost.Undoing;

namespace ContainerHost.Machines.HyperV;

/// <summary>Makes a machine, off: its folder, its disk on a base disk, the machine and its devices. A failure at any step undoes all before it.</summary>
internal sealed class Creation(HyperVHost host, HyperVSpec options)
{
    private const string Attempted = "have the machine boot from its own drives";

    public async Task RunAsync(MachineSpec spec, UndoStack undo, CancellationToken cancellationToken)
    {
        // Everything that can be refused is asked before anything is made.
        await RefuseTakenNameAsync(spec, cancellationToken);
        var networkSwitch = await ChooseSwitchAsync(undo, cancellationToken);
        var paths = await host.PathsAsync(cancellationToken);
        var seed = paths.Seed(spec.InstanceId);

        // Pushed first: whatever a call that failed has made after all bears the mark, and is found by it.
        undo.Push(
            "the machine and its folder",
            () => new Removal(host).RunAsync(spec.InstanceId, CancellationToken.None)
        );
        var disk = await MakeDiskAsync(spec, paths, cancellationToken);
        var medium = spec.Boot is InstallationMedium installation
            ? await BringMediumAsync(installation, paths, cancellationToken)
            : null;
        await host.Files.CopyInAsync(spec.Seed.IsoPath, seed, cancellationToken);

        await DefineAsync(spec, paths, cancellationToken);
        using var held = spec.PrivateNetwork is { } own
            ? await new PrivateNetworkSwitch(host).HoldAsync(own, cancellationToken)
            : null;
        // Late, since a network without machines is removed with any machine that leaves it.
        var network = spec.PrivateNetwork is { } name
            ? (await EnsureNetworkAsync(name, spec, undo, cancellationToken), spec.PrivateMac)
            : ((CimPath, string)?)null;
        var machine = await host.Machines.NeedAsync(spec, cancellationToken);
        var drives = await new Devices(host, machine).AddAsync(
            disk,
            medium is null ? [seed] : [medium, seed],
            spec.DataDisk is null ? null : paths.DataDisk(spec.InstanceId),
            networkSwitch.Path,
            spec.OwnMac,
            network,
            cancellationToken
        );
        await SetSerialPipeAsync(machine, spec.InstanceId, cancellationToken);
        // Windows' loader boots the disk when nobody presses a key, so the medium may stay the first.
        CimObject[] order = medium is null ? [drives[0]] : [drives[1], drives[0]];
        await BootFromAsync(machine, order, cancellationToken);
        await new Adjustment(host).ApplyAsync(machine, spec.Size, cancellationToken);
    }

    private async Task<CimPath> EnsureNetworkAsync(
        HostName name,
        MachineSpec spec,
        UndoStack undo,
        CancellationToken cancellationToken
    )
    {
        var switches = new PrivateNetworkSwitch(host);
        // First, since a call whose answer is lost may have made it.
        undo.Push("the private network", () => switches.EndUnusedAsync(name, CancellationToken.None));
        return await switches.EnsureAsync(name, spec.Name.Value, cancellationToken);
    }

    // With memory, processors and the controller in the same call (as microsoft/openvmm's New-CustomVM has it), which are three jobs less.
    private async Task DefineAsync(MachineSpec spec, HyperVPaths paths, CancellationToken cancellationToken)
    {
        var defaults = new DefaultSettings(host);
        var build = (await host.Windows.ReadAsync(cancellationToken)).Build;
        var (cpus, memory, nested) = (spec.Size.Cpus, spec.Size.Memory, spec.Size.Nested);
        await host.ManageAsync(
            "define the machine",
            "DefineSystem",
            spec.Name.Value,
            cancellationToken,
            CimProperty.Embedded("SystemSettings", MachineSettings.System(spec, paths, build)),
            CimProperty.Embedded(
                "ResourceSettings",
                // These bare, as there: the host fills in the rest.
                MachineSettings.Memory(new CimObject(ResourceKind.Memory.ClassName), memory),
                MachineSettings.Processors(new CimObject(ResourceKind.Processor.ClassName), cpus, nested),
                await defaults.ReadAsync(ResourceKind.ScsiController, cancellationToken)
            )
        );
    }

    private async Task<VirtualSwitch> ChooseSwitchAsync(UndoStack undo, CancellationToken cancellationToken)
    {
        var switches = new VirtualSwitches(host);
        if (
            options.CreateSwitchOn is not { } adapter
            || await switches.CanChooseAsync(options.Switch, cancellationToken)
        )
            return await switches.ChooseAsync(options.Switch, cancellationToken);
        return await new SwitchCreation(host).RunAsync(adapter, options.Switch, undo, cancellationToken);
    }

    // Hyper-V itself lets names repeat; an administrator in front of a list of machines should not have to guess.
    private async Task RefuseTakenNameAsync(MachineSpec spec, CancellationToken cancellationToken)
    {
        var marks = await host.Machines.MarksOfAsync(spec.Title, cancellationToken);
        if (marks.Count == 0)
            return;
        var whose = marks.Contains(null) ? "that is not ours" : "of another host of ours";
        throw new ContainerHostException(
            $"define the machine on {host.Space.Host}",
            $"a machine named '{spec.Title}' {whose} is there already",
            "choose another --name, or remove that machine.",
            spec.Name.Value
        );
    }

    private async Task<string> MakeDiskAsync(MachineSpec spec, HyperVPaths paths, CancellationToken cancellationToken)
    {
        var disks = new Disks(host);
        var parent = spec.Boot switch
        {
            BaseDisk { OfTemplate: true } there => there.DiskPath,
            BaseDisk below => await disks.BringAsync(
                below.DiskPath,
                paths.BaseDisk(below.Fingerprint),
                cancellationToken
            ),
            _ => null,
        };
        var disk = paths.Disk(spec.InstanceId);
        await host.Files.MakeFolderAsync(paths.Machine(spec.InstanceId), cancellationToken);
        await disks.CreateAsync(spec, disk, parent, cancellationToken);
        if (spec.DataDisk is { } size)
            await disks.CreateEmptyAsync(paths.DataDisk(spec.InstanceId), size, spec.Name.Value, cancellationToken);
        return disk;
    }

    // Where it lies, or a copy: Hyper-V's services, which run as others, see no drives that this user mapped and no profile of his.
    private async Task<string> BringMediumAsync(
        InstallationMedium medium,
        HyperVPaths paths,
        CancellationToken cancellationToken
    ) =>
        host.Files.IsSeenByServices(medium.IsoPath)
            ? medium.IsoPath
            : await new Disks(host).BringAsync(medium.IsoPath, paths.Medium(medium.Sha256), cancellationToken);

    private async Task SetSerialPipeAsync(HyperVMachine machine, Guid mark, CancellationToken cancellationToken)
    {
        var ports = await host.Machines.PartsAsync(machine, ResourceKind.SerialPort.ClassName, cancellationToken);
        // Two come with every machine; the first is COM1, and their instance ids end in their numbers.
        var first = ports.OrderBy(port => port.Text("InstanceID"), StringComparer.OrdinalIgnoreCase).FirstOrDefault();
        if (first is not null)
            await host.ManageAsync(
                "lead COM1 to a named pipe",
                "ModifyResourceSettings",
                machine.Name,
                cancellationToken,
                CimProperty.Embedded("ResourceSettings", [MachineSettings.SerialPipe(first, mark)])
            );
    }

    private async Task BootFromAsync(
        HyperVMachine machine,
        IReadOnlyList<CimObject> drives,
        CancellationToken cancellationToken
    )
    {
        var sources = await host.Space.AssociatorsAsync(
            machine.Settings.Stored,
            "Msvm_BootSourceComponent",
            "Msvm_BootSourceSettingData",
            cancellationToken
        );
        var order = new List<string>();
        foreach (var drive in drives)
            order.Add(await host.TextOfAsync(SourceOf(drive, sources, machine), cancellationToken));
        await host.ManageAsync(
            Attempted,
            "ModifySystemSettings",
            machine.Name,
            cancellationToken,
            CimProperty.Embedded("SystemSettings", MachineSettings.BootFrom(machine.Settings, order))
        );
    }

    private static CimPath SourceOf(CimObject drive, IReadOnlyList<CimObject> sources, HyperVMachine machine)
    {
        // A boot source is named after its device: the device's instance id and \B.
        var wanted = $@"{drive.Text("InstanceID")}\B";
        var source =
            sources.FirstOrDefault(one => one.Text("InstanceID").Equals(wanted, StringComparison.OrdinalIgnoreCase))
            ?? throw new ContainerHostException(
                Attempted,
                $"none of its {sources.Count} boot sources is {wanted}",
                "run the target again.",
                machine.Name
            );
        return source.Stored;
    }
}
