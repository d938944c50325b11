using ContainerHost.Errors;
using ContainerHost.Machines.HyperV.Cim;
using ContainerHost.Machines.HyperV.Settings;
using ContainerHost.Undoing;
using ContainerHost.Waiting;

namespace ContainerHost.Machines.HyperV;

/// <summary>
/// Checkpoints of a machine, by Msvm_VirtualSystemSnapshotService: each is a set of settings of its own, and the machine writes to a differencing disk
/// (.avhdx) on the disk that the checkpoint keeps. "MS" is Microsoft's own PowerShell module, decompiled in nforgeio/neonSDK.
/// </summary>
internal sealed class Checkpoints(HyperVHost host, HyperVMachine machine)
{
    // Msvm_VirtualSystemSettingData.VirtualSystemType; backups and replication have kinds of their own (MicrosoftDocs/win32).
    private const string OfUsers = "Microsoft:Hyper-V:Snapshot:Realized";

    // SnapshotType "full snapshot" (MicrosoftDocs/win32, createsnapshot-msvm-virtualsystemsnapshotservice.md). Whether it has memory is a matter of
    // the machine's UserSnapshotType: MS's Checkpoint-VM passes the same 2 for standard and production ones.
    private const ushort Full = 2;

    // Values of OperationalStatus[1] (MicrosoftDocs/win32, msvm-computersystem.md): "in the process of being deleted" and "Virtual hard disks from
    // previously deleted snapshots are being merged", which goes on after the job of DestroySnapshot has ended.
    private static readonly ushort[] AtWorkOnDisks = [32770, 32772];

    /// <summary>Those that users made, oldest first.</summary>
    public async Task<IReadOnlyList<Checkpoint>> ListAsync(CancellationToken cancellationToken) =>
        [
            .. from one in await FindAsync(cancellationToken)
            let at = one.Get<DateTimeOffset>("CreationTime").ToUniversalTime()
            orderby at
            select new Checkpoint(one.Text("ElementName"), at, HasMemory(one)),
        ];

    /// <summary>The settings of every one, those of backups included.</summary>
    public Task<IReadOnlyList<CimObject>> FindAllAsync(CancellationToken cancellationToken) =>
        host.Space.AssociatorsAsync(
            machine.System.Stored,
            "Msvm_SnapshotOfVirtualSystem",
            "Msvm_VirtualSystemSettingData",
            cancellationToken
        );

    /// <summary>Makes one, with memory unless the machine is off. It gets its name in a second call, as in MS's Checkpoint-VM; a failure leaves none.</summary>
    public async Task CreateAsync(string name, CancellationToken cancellationToken)
    {
        var attempted = $"make the checkpoint '{name}'";
        RequireStandard(attempted);
        await WaitForDisksAsync(cancellationToken);
        var before = await FindAsync(cancellationToken);
        await UndoStack.RunAsync(async undo =>
        {
            // A job hands nothing back, so what is new is known by what was there.
            undo.Push(
                "the new checkpoint",
                async () =>
                {
                    foreach (var one in await FindNewAsync(before, CancellationToken.None))
                        await DestroyAsync(one, CancellationToken.None);
                }
            );
            await CallAsync(
                attempted,
                "CreateSnapshot",
                "see that the disk folder has space. A machine whose guest runs machines of its own may not let its memory be kept: stop the host first.",
                cancellationToken,
                CimProperty.Reference("AffectedSystem", machine.System.Stored),
                // "Optional and may be an empty string", as MS has it.
                CimProperty.String("SnapshotSettings", ""),
                CimProperty.UInt16("SnapshotType", Full)
            );
            var made = await FindNewAsync(before, cancellationToken);
            if (made.Count != 1)
                throw new ContainerHostException(
                    attempted,
                    $"the host tells of {made.Count} new checkpoints after it was made",
                    "run the target again; Diagnose shows what the host tells.",
                    machine.Name
                );
            return await host.ManageAsync(
                $"name the checkpoint '{name}'",
                "ModifySystemSettings",
                machine.Name,
                cancellationToken,
                CimProperty.Embedded("SystemSettings", made[0].With(CimProperty.String("ElementName", name)))
            );
        });
    }

    /// <summary>
    /// Takes the machine back, and starts it where the checkpoint has memory. One that runs is turned off first: MS's Restore-VMSnapshot saves it for
    /// that, which a machine with machines of its own may refuse, and what it holds is given up anyway.
    /// </summary>
    public async Task RestoreAsync(string name, CancellationToken cancellationToken)
    {
        var attempted = $"restore the checkpoint '{name}'";
        var kept =
            (await FindAsync(cancellationToken)).FirstOrDefault(one => one.Text("ElementName") == name)
            ?? throw MachineFile.Failed(
                attempted,
                "there is none of that name",
                machine.Name,
                "choose one that is there."
            );
        await WaitForDisksAsync(cancellationToken);
        var power = new Power(host);
        await power.TurnOffAsync(machine, cancellationToken);
        await CallAsync(
            attempted,
            "ApplySnapshot",
            "see that the disk folder has space; the host is off, and its other checkpoints are as they were.",
            cancellationToken,
            CimProperty.Reference("Snapshot", kept.Stored)
        );
        if (!HasMemory(kept))
            return;
        try
        {
            await power.StartAsync(machine, cancellationToken);
        }
        catch
        {
            // It is saved, with memory that it does not take: every later start would fail as this one did. The checkpoint keeps its own.
            await power.TurnOffAsync(machine, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Removes those of that name, and waits until their disks are merged; nothing happens where there is none.</summary>
    public async Task RemoveAsync(string name, CancellationToken cancellationToken)
    {
        var named = (await FindAsync(cancellationToken)).Where(one => one.Text("ElementName") == name).ToList();
        foreach (var one in named)
        {
            await WaitForDisksAsync(cancellationToken);
            await DestroyAsync(one, cancellationToken);
        }
        if (named.Count > 0)
            await WaitForDisksAsync(cancellationToken);
    }

    /// <summary>Waits while the disks of removed checkpoints are merged, during which the host refuses much.</summary>
    public async Task WaitForDisksAsync(CancellationToken cancellationToken)
    {
        var told = false;
        var wait = new Wait(
            "Hyper-V has merged the disks of removed checkpoints",
            TimeLimits.HyperVJob,
            "wait until Hyper-V Manager shows no 'Merging' at that machine, which goes on by itself; then run the target again.",
            machine.Name
        );
        await host.Poll.UntilAsync(wait, LookAsync, cancellationToken);

        async Task<Look<bool>> LookAsync(CancellationToken token)
        {
            var now = await host.Space.GetAsync(machine.System.Stored, token);
            if (!(now.Get<ushort[]>("OperationalStatus") ?? []).Intersect(AtWorkOnDisks).Any())
                return Looks.Found(true);
            if (!told)
                host.Tell($"Hyper-V merges the disks of '{machine.Name}'");
            told = true;
            return Looks.NotYet<bool>("it is at work on them");
        }
    }

    // "True if the configuration has a reference to a saved state file" (MicrosoftDocs/win32, msvm-virtualsystemsettingdata.md).
    private static bool HasMemory(CimObject checkpoint) => checkpoint.Get<bool>("IsSaved");

    // The machine is made so; another kind would keep no memory, or refuse ("Checkpoints have been disabled", hashicorp/vagrant #9977).
    private void RequireStandard(string attempted)
    {
        var kind = machine.Settings.Get<ushort>("UserSnapshotType");
        if (kind != MachineSettings.StandardCheckpoints)
            throw new ContainerHostException(
                attempted,
                $"somebody has set another type of checkpoints for the machine ({kind}), which keeps no memory or none at all",
                $"'Set-VM -Name {machine.Name} -CheckpointType Standard' on that host sets it back.",
                machine.Name
            );
    }

    private async Task<IReadOnlyList<CimObject>> FindAsync(CancellationToken cancellationToken) =>
        [.. (await FindAllAsync(cancellationToken)).Where(one => one.Text("VirtualSystemType") == OfUsers)];

    private async Task<IReadOnlyList<CimObject>> FindNewAsync(
        IReadOnlyList<CimObject> before,
        CancellationToken cancellationToken
    ) => [.. (await FindAsync(cancellationToken)).ExceptBy(before.Select(one => one.Stored), one => one.Stored)];

    // Alone: DestroySnapshotTree would take those along that were made on it.
    private Task DestroyAsync(CimObject checkpoint, CancellationToken cancellationToken) =>
        CallAsync(
            $"remove the checkpoint '{checkpoint.Text("ElementName")}'",
            "DestroySnapshot",
            "run the target again.",
            cancellationToken,
            CimProperty.Reference("AffectedSnapshot", checkpoint.Stored)
        );

    private async Task CallAsync(
        string attempted,
        string method,
        string @try,
        CancellationToken cancellationToken,
        params CimProperty[] arguments
    )
    {
        var service = await host.OnlyAsync("Msvm_VirtualSystemSnapshotService", cancellationToken);
        var call = new CimCall(attempted, service.Stored, method, arguments)
        {
            Try = @try,
            Patience = TimeLimits.HyperVRefusal,
        };
        await host.CallAsync(call, machine.Name, cancellationToken);
    }
}
