using ContainerHost.Guests;
using ContainerHost.HyperV.Simulator.Machines;
using ContainerHost.Processes;

namespace ContainerHost.HyperV.Tests.Templates;

/// <summary>A shell of such a guest; it outlives the key that opened it.</summary>
internal sealed class GuestOnDiskShell(GuestOnDisk guest, SimulatedMachine machine) : IGuestShell
{
    public Task<CommandResult> RunAsync(Command command, TimeSpan timeLimit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(guest.Run(machine, command));
    }

    public Task UploadAsync(
        string localPath,
        string guestPath,
        UnixFileMode mode,
        CancellationToken cancellationToken
    ) => throw new InvalidOperationException($"nothing is put into the guest, and {guestPath} is");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
