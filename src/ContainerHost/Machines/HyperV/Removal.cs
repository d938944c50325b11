using ContainerHost.Errors;
using ContainerHost.Machines.HyperV.Cim;
using ContainerHost.Machines.HyperV.Settings;
using ContainerHost.Waiting;

namespace ContainerHost.Machines.HyperV;

/// <summary>Removes a machine of ours in whatever state it is, with its checkpoints and its folder; base disks stay, since others may lie on them.</summary>
internal sealed class Removal(HyperVHost host)
{
    private const int Most = 10;

    public async Task RunAsync(Guid mark, CancellationToken cancellationToken)
    {
        await UndefineAsync(mark, cancellationToken);
        var paths = await host.PathsAsync(cancellationToken);
        await InsistAsync(
            $"{paths.Machine(mark)} is deleted",
            machine: null,
            token => host.Files.DeleteFolderAsync(paths.Machine(mark), token),
            cancellationToken
        );
    }

    /// <summary>Removes the machine and leaves its folder, with its disks: DestroySystem deletes none (Remove-VM).</summary>
    public async Task UndefineAsync(Guid mark, CancellationToken cancellationToken)
    {
        // A run that was killed while Hyper-V was defining may have left more than one, but hardly this many.
        for (var removed = 0; await host.Machines.FindAsync(mark, cancellationToken) is { } machine; removed++)
        {
            if (removed == Most)
                throw new ContainerHostException(
                    "remove the host's machine",
                    $"Hyper-V removed {Most} machines with its mark, and '{machine.Name}' has it still",
                    "see in Hyper-V Manager whether something makes it anew, and remove it there.",
                    machine.Name
                );
            await InsistAsync(
                "the machine is off",
                machine.Name,
                token => new Power(host).TurnOffAsync(machine, token),
                cancellationToken
            );
            var connections = await host.Machines.PartsAsync(
                machine,
                ResourceKind.EthernetConnection.ClassName,
                cancellationToken
            );
            await InsistAsync(
                "Hyper-V removes the machine",
                machine.Name,
                token =>
                    host.ManageAsync(
                        "remove the machine",
                        "DestroySystem",
                        machine.Name,
                        token,
                        CimProperty.Reference("AffectedSystem", machine.System.Stored)
                    ),
                cancellationToken
            );
            foreach (var path in connections.SelectMany(PrivateNetworkSwitch.ResourcesOf))
                await InsistAsync(
                    "the private network is removed with its last machine",
                    machine.Name,
                    token => new PrivateNetworkSwitch(host).EndUnusedAsync(path, token),
                    cancellationToken
                );
        }
    }

    // Checkpoints go with their machine; they are merged behind our back, and while that lasts Hyper-V refuses, fails (its jobs end with 32768),
    // or holds the files. One that is being deleted looks like one that may not be.
    internal Task<bool> InsistAsync(
        string awaited,
        string? machine,
        Func<CancellationToken, Task> remove,
        CancellationToken cancellationToken
    )
    {
        var wait = new Wait(
            awaited,
            TimeLimits.HyperVRemoval,
            "wait until Hyper-V Manager shows no task of that machine, then run Destroy again."
        )
        {
            Host = machine,
        };
        return host.Poll.UntilAsync(wait, LookAsync, cancellationToken);

        async Task<Look<bool>> LookAsync(CancellationToken token)
        {
            try
            {
                await remove(token);
                return Looks.Found(true);
            }
            catch (DeadlineException late)
            {
                return Looks.NotYet<bool>(late.Saw);
            }
            catch (CimCallException refused)
                when (refused.Failure is CimFailure.Refused or CimFailure.Failed or CimFailure.TimedOut)
            {
                return Looks.NotYet<bool>(refused.Saw);
            }
            catch (Exception held) when (held is IOException or UnauthorizedAccessException)
            {
                return Looks.NotYet<bool>(held.Message);
            }
        }
    }
}
