using ContainerHost.Guests;
using ContainerHost.Processes;
using ContainerHost.Tests.Verification;
using ContainerHost.Waiting;

namespace ContainerHost.Tests.Hosts.Reach;

/// <summary>Guests that answer at once, and write down what they are asked to run.</summary>
internal sealed class ScriptedGuests(List<Command> asked) : IGuestConnector
{
    public Task<IGuestShell> ConnectAsync(GuestAccess access, Wait wait, CancellationToken cancellationToken) =>
        Task.FromResult<IGuestShell>(
            new FakeGuestShell(command =>
            {
                asked.Add(command);
                return new CommandResult(0, "", "");
            })
        );

    public Task ProvePasswordAsync(
        GuestAccess access,
        string password,
        string host,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();
}
