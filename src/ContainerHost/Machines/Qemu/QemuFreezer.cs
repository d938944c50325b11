using ContainerHost.Files;
using ContainerHost.Waiting;

namespace ContainerHost.Machines.Qemu;

/// <summary>Freezes machines as <see cref="QemuState"/> saves them, and leads to the port by which clones get their identity.</summary>
internal sealed class QemuFreezer(QemuMonitor monitor, Poll poll) : IMemoryFreezer
{
    public async Task FreezeAsync(HostFolder folder, CancellationToken cancellationToken)
    {
        var machine = await MachineFile.NeedAsync<QemuMachine>(folder, cancellationToken);
        var process = QemuProcess.Find(folder, machine.Spec.InstanceId);
        if (process is null || !machine.Spec.KeepsMemory)
            throw MachineFile.Failed("freeze the machine", "it does not run, or keeps no memory", folder.Name);
        var path = folder.MachineState;
        await monitor.WithStateAsync(
            folder,
            machine,
            (state, token) => state.SaveAsync(path, token),
            cancellationToken
        );
        await QemuProcess.KillAsync(process, poll, folder.Name, cancellationToken);
    }

    public Task<Stream> OpenIdentityAsync(HostFolder folder, CancellationToken cancellationToken) =>
        UnixSocket.OpenAsync(folder.Identity, cancellationToken);
}
