using ContainerHost.Guests;
using ContainerHost.Guests.Debian;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Verification.Checks;

namespace ContainerHost.Tests.Verification;

/// <summary>A context over a scripted guest and runtime.</summary>
internal static class FakeContext
{
    public static CheckContext Of(
        Func<Command, CommandResult>? guest = null,
        FakeRuntime? runtime = null,
        TimeProvider? time = null,
        IGuestSystem? system = null,
        HostSpec? spec = null,
        Exception? guestFails = null
    )
    {
        var shell = new FakeGuestShell(guest ?? (_ => new CommandResult(0, "", "")));
        return new CheckContext
        {
            Spec = spec ?? new HostRequest().ToSpec(),
            Access = new SshAccess(system ?? new DebianGuest(), "127.0.0.1", 40022, "/key", "ssh-ed25519 AAAA"),
            Password = "secret-password",
            Connect = _ => Task.FromResult<IGuestShell>(shell),
            RuntimeOf = _ => runtime ?? new FakeRuntime(),
            Guests = new GuestConnector(new ProcessRunner(), TimeProvider.System),
            Time = time ?? TimeProvider.System,
            Shell = shell,
            Attend = (work, token) => guestFails is null ? work(token) : Task.FromException<string>(guestFails),
        };
    }
}
