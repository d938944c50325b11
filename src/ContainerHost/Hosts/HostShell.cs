using System.Diagnostics;
using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Guests;
using ContainerHost.Hosts.GuestKinds;
using ContainerHost.Hosts.Reach;
using ContainerHost.Machines;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Hosts;

/// <summary>Commands and sessions in a host for people; a machine that is off is started.</summary>
public sealed class HostShell
{
    private readonly HostServices _services;
    private readonly HostState _state;

    internal HostShell(HostServices services, HostName name)
    {
        _services = services;
        _state = services.Store.Load(name) ?? throw HostErrors.NotCreated(name);
    }

    private HostName Name => _state.Spec.Name;
    private HostFolder Folder => _services.Store.FolderOf(Name);
    private HostConnection Connection => new(_services, Folder, () => _state);

    /// <summary>Runs a command line by the guest's shell as root, and returns what it left.</summary>
    public async Task<CommandResult> RunAsync(string command, CancellationToken cancellationToken)
    {
        await RequireMachineAsync(cancellationToken);
        await using var shell = await Connection.ConnectAsync(cancellationToken);
        var line = GuestKind.Of(_state.Spec.Guest).System.ShellLine(command);
        return await shell.RunAsync(line, TimeLimits.ShellCommand, cancellationToken);
    }

    /// <summary>Opens a session on this terminal with OpenSSH's client, which checks the pinned host key, and returns its exit code.</summary>
    public async Task<int> OpenAsync(CancellationToken cancellationToken)
    {
        await RequireMachineAsync(cancellationToken);
        // Waits until the guest answers, which the client would not.
        await using (await Connection.ConnectAsync(cancellationToken)) { }
        var access = await Connection.GetSshAsync(cancellationToken);
        try
        {
            using var session = Process.Start(new ProcessStartInfo("ssh", Arguments(Connection.EntryOf(access))))!;
            await session.WaitForExitAsync(cancellationToken);
            return session.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new PrerequisitesMissingException(
                "open a session with ssh",
                exception.Message,
                "install openssh-client, or give a command with --command, which needs none."
            );
        }
    }

    // The user's own configuration may hand the agent or X11 to the guest.
    private static IEnumerable<string> Arguments(SshEntry entry) =>
        [
            "-F",
            "none",
            .. entry.Options.SelectMany(option => new[] { "-o", $"{option.Key}={option.Value}" }),
            entry.Name.Value,
        ];

    private async Task RequireMachineAsync(CancellationToken cancellationToken)
    {
        var state = await _services.HypervisorFor(_state.Spec).GetStateAsync(Folder, cancellationToken);
        if (state == MachineState.Absent || _state.HostPublicKey is null)
            throw HostErrors.NotCreated(Name);
    }
}
