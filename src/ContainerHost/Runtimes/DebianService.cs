using ContainerHost.Errors;
using ContainerHost.Guests;
using ContainerHost.Processes;

namespace ContainerHost.Runtimes;

/// <summary>A systemd service in a guest.</summary>
internal sealed class DebianService(IGuestShell shell, string unit)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    public string Unit { get; } = unit;

    /// <summary>Starts the service if it is not active; a service that does not start is an error with its last log lines.</summary>
    public async Task RequireActiveAsync(CancellationToken cancellationToken)
    {
        var start = await shell.RunAsync(new Command("systemctl", "start", Unit), Limit, cancellationToken);
        if (start.Succeeded)
            return;
        var journal = new Command("journalctl", "--no-pager", "--lines", "15", "--unit", Unit);
        var log = await shell.RunAsync(journal, Limit, cancellationToken);
        throw new ContainerHostException(
            $"start {Unit} in the guest",
            $"{start.StandardError.Trim()}\n{log.StandardOutput.Trim()}",
            $"look at it with the target Shell: './build.sh Shell --command \"systemctl status {Unit}\"'."
        );
    }
}
