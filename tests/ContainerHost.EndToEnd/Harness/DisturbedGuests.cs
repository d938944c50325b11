using ContainerHost.Guests;
using ContainerHost.Processes;
using ContainerHost.Tests.Sweeps;
using ContainerHost.Waiting;

namespace ContainerHost.EndToEnd.Harness;

/// <summary>Real guests over SSH, one connection or command of which goes wrong.</summary>
internal sealed class DisturbedGuests(IGuestConnector real, Ports ports) : IGuestConnector
{
    public async Task<IGuestShell> ConnectAsync(GuestAccess access, Wait wait, CancellationToken cancellationToken) =>
        ports.Enter(Port.Connect, "connect") is { } fault
            ? throw Ports.Broken("connect to the guest", fault)
            : new Shell(await real.ConnectAsync(access, wait, cancellationToken), ports);

    public Task ProvePasswordAsync(
        GuestAccess access,
        string password,
        string host,
        CancellationToken cancellationToken
    ) => real.ProvePasswordAsync(access, password, host, cancellationToken);

    private sealed class Shell(IGuestShell real, Ports ports) : IGuestShell
    {
        public Task<CommandResult> RunAsync(Command command, TimeSpan timeLimit, CancellationToken cancellationToken) =>
            ports.Enter(Port.Guest, command.Program) switch
            {
                null => real.RunAsync(command, timeLimit, cancellationToken),
                PortFault.Lost or PortFault.Stalls => throw Ports.Broken($"run {command.Program}", PortFault.Lost),
                PortFault.Killed => Task.FromResult(new CommandResult(137, "", "")),
                { } fault => Task.FromResult(new CommandResult(1, "", $"{command.Program}: {Ports.Told(fault)}\n")),
            };

        public Task UploadAsync(
            string localPath,
            string guestPath,
            UnixFileMode mode,
            CancellationToken cancellationToken
        ) => real.UploadAsync(localPath, guestPath, mode, cancellationToken);

        public void Renew() => real.Renew();

        public ValueTask DisposeAsync() => real.DisposeAsync();
    }
}
