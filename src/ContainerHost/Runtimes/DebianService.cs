using ContainerHost.Errors;
using ContainerHost.Guests;
using ContainerHost.Processes;

namespace ContainerHost.Runtimes;

/// <summary>A systemd service in a guest.</summary>
internal sealed class DebianService(IGuestShell shell, string unit)
{
    public string Unit { get; } = unit;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var start = await shell.RunAsync(new Command("systemctl", "start", Unit), cancellationToken);
        if (!start.Succeeded)
            throw await FailedAsync(start, cancellationToken);
    }

    /// <summary>Waits for the end of a boot that is under way; a service that is not active then is an error with its last log lines.</summary>
    public async Task RequireActiveAsync(CancellationToken cancellationToken)
    {
        await shell.RunAsync(new Command("systemctl", "is-system-running", "--wait"), cancellationToken);
        var state = await shell.RunAsync(new Command("systemctl", "is-active", Unit), cancellationToken);
        if (!state.Succeeded)
            throw await FailedAsync(state, cancellationToken);
    }

    private async Task<ContainerHostException> FailedAsync(CommandResult seen, CancellationToken cancellationToken)
    {
        var journal = new Command("journalctl", "--no-pager", "--lines", "15", "--unit", Unit);
        var log = await shell.RunAsync(journal, cancellationToken);
        return new ContainerHostException(
            $"have {Unit} run in the guest",
            $"exit code {seen.ExitCode}: {seen.StandardOutput.Trim()}\n{seen.StandardError.Trim()}\n{log.StandardOutput.Trim()}",
            $"start it with './build.sh Shell --command \"systemctl start {Unit}\"' and look at what it says."
        );
    }
}
