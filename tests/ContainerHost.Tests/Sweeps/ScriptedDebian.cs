using System.Text.Json;
using ContainerHost.Guests;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Tests.Sweeps;

/// <summary>Debian guests by script, one for each machine; what is on their disks is kept in a folder, so that they outlive the process.</summary>
internal sealed class ScriptedDebian(string folder, Ports ports) : IGuestConnector
{
    private int _held;

    /// <summary>Ends the machine whose guest is reached at a port of this machine.</summary>
    public Action<int> PowerOff { get; init; } = _ => { };

    /// <summary>How many shells nobody has let go.</summary>
    public int Held => _held;

    public Task<IGuestShell> ConnectAsync(GuestAccess access, Wait wait, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (ports.Enter(Port.Connect, "connect") is { } fault)
            throw Ports.Broken("connect to the guest", fault);
        var path = PathOf((SshAccess)access);
        var state = File.Exists(path)
            ? JsonSerializer.Deserialize<DebianState>(File.ReadAllText(path))!
            : new DebianState();
        Interlocked.Increment(ref _held);
        return Task.FromResult<IGuestShell>(
            new ScriptedDebianShell(
                state,
                ports,
                () => File.WriteAllText(path, JsonSerializer.Serialize(state)),
                () => Interlocked.Decrement(ref _held),
                () => PowerOff(((SshAccess)access).Port)
            )
        );
    }

    public Task ProvePasswordAsync(
        GuestAccess access,
        string password,
        string host,
        CancellationToken cancellationToken
    )
    {
        access.User.ShouldBe("admin");
        password.ShouldNotBeEmpty();
        return ports.Enter(Port.Connect, "password") is { } fault
            ? throw Ports.Broken("log in with the password", fault)
            : Task.CompletedTask;
    }

    // A machine that is made anew has another key, and an empty disk.
    private string PathOf(SshAccess access)
    {
        access.HostPublicKey.ShouldStartWith("ssh-ed25519 ");
        return Path.Combine(Directory.CreateDirectory(folder).FullName, Fingerprint.Of(access.HostPublicKey));
    }
}
