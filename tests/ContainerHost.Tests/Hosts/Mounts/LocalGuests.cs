using ContainerHost.Guests;
using ContainerHost.Processes;
using ContainerHost.Tests.Verification;
using ContainerHost.Waiting;

namespace ContainerHost.Tests.Hosts.Mounts;

/// <summary>A guest that is this machine, whose user is who runs the tests.</summary>
internal sealed class LocalGuests : IGuestConnector
{
    public Task<IGuestShell> ConnectAsync(GuestAccess access, Wait wait, CancellationToken cancellationToken) =>
        Task.FromResult<IGuestShell>(
            new FakeGuestShell(command => new ProcessRunner().RunAsync(AsMe(command), cancellationToken).Result)
        );

    private static Command AsMe(Command command) =>
        command with
        {
            Arguments = [.. command.Arguments.Select(word => word == "admin" ? Environment.UserName : word)],
        };

    public Task ProvePasswordAsync(
        GuestAccess access,
        string password,
        string host,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();
}
