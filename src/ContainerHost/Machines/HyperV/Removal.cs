using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.Machines.HyperV;

/// <summary>Removes a machine of ours in whatever state it is, with its checkpoints and its folder; base disks stay, since others may lie on them.</summary>
internal sealed class Removal(HyperVHost host, VirtualMachines machines)
{
    public async Task RunAsync(Guid mark, CancellationToken cancellationToken)
    {
        // A run that was killed while Hyper-V was defining may have left more than one.
        while (await machines.FindAsync(mark, cancellationToken) is { } machine)
        {
            await new Power(host, machines).TurnOffAsync(machine, cancellationToken);
            await RemoveCheckpointsAsync(machine, cancellationToken);
            await host.Management.DestroyAsync(machine.System.Stored, machine.Name, cancellationToken);
        }
        var paths = await host.PathsAsync(cancellationToken);
        await host.Files.DeleteFolderAsync(paths.Machine(mark), cancellationToken);
    }

    private async Task RemoveCheckpointsAsync(HyperVMachine machine, CancellationToken cancellationToken)
    {
        var checkpoints = await host.Space.AssociatorsAsync(
            machine.System.Stored,
            "Msvm_SnapshotOfVirtualSystem",
            "Msvm_VirtualSystemSettingData",
            cancellationToken
        );
        if (checkpoints.Count == 0)
            return;
        var service = await host.OnlyAsync("Msvm_VirtualSystemSnapshotService", cancellationToken);
        foreach (var checkpoint in checkpoints)
        {
            var call = new CimCall(
                "remove a checkpoint of the machine",
                service.Stored,
                "DestroySnapshot",
                CimProperty.Reference("AffectedSnapshot", checkpoint.Stored)
            );
            await host.CallAsync(call, machine.Name, cancellationToken);
        }
    }
}
