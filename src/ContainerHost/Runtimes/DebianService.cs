using ContainerHost.Errors;
using ContainerHost.Guests;
using ContainerHost.Guests.Debian;
using ContainerHost.Processes;

namespace ContainerHost.Runtimes;

/// <summary>A systemd service in a guest.</summary>
internal sealed class DebianService(IGuestShell shell, string unit)
{
    public string Unit { get; } = unit;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await HeldKeys.HoldAsync(shell, cancellationToken);
        var start = await shell.RunAsync(new Command("systemctl", "start", Unit), cancellationToken);
        if (!start.Succeeded)
            throw await FailedAsync(start, cancellationToken);
    }

    /// <summary>Waits for the end of a boot, and of a start of its own, that is under way; a service that is not active then is an error with its last log lines.</summary>
    public async Task RequireActiveAsync(CancellationToken cancellationToken)
    {
        await shell.RunAsync(new Command("systemctl", "is-system-running", "--wait"), cancellationToken);
        var state = await IsActiveAsync();
        // A clone is up before the services that its new identity restarts are; this joins the start that is under way (systemctl(1)).
        if (state.StandardOutput.Trim() == "activating")
        {
            await shell.RunAsync(new Command("systemctl", "start", Unit), cancellationToken);
            state = await IsActiveAsync();
        }
        if (!state.Succeeded)
            throw await FailedAsync(state, cancellationToken);

        Task<CommandResult> IsActiveAsync() =>
            shell.RunAsync(new Command("systemctl", "is-active", Unit), cancellationToken);
    }

    private async Task<ContainerHostException> FailedAsync(CommandResult seen, CancellationToken cancellationToken)
    {
        var journal = new Command("journalctl", "--no-pager", "--lines", "15", "--unit", Unit);
        var log = await shell.RunAsync(journal, cancellationToken);
        return new ContainerHostException(
            $"have {Unit} run in the guest",
            $"exit code {seen.ExitCode}: {seen.StandardOutput.Trim()}\n{seen.StandardError.Trim()}\n{log.StandardOutput.Trim()}",
            $"log in (the target Shell), start it with 'systemctl start {Unit}', and look at what it says."
        );
    }
}
