using ContainerHost.Errors;

namespace ContainerHost.Processes;

/// <summary>Runs commands that must succeed.</summary>
public static class ProcessRunnerExtensions
{
    /// <summary>Runs a command and returns its result; a non-zero exit code is an error that shows the command, its folder and its standard error.</summary>
    public static async Task<CommandResult> RunCheckedAsync(
        this IProcessRunner runner,
        Command command,
        string attempted,
        string tryThis,
        CancellationToken cancellationToken,
        string? host = null,
        Action<string>? onLine = null
    )
    {
        var result = await runner.RunAsync(command, cancellationToken, onLine);
        var folder = command.WorkingDirectory ?? Directory.GetCurrentDirectory();
        return result.Succeeded
            ? result
            : throw new ContainerHostException(
                attempted,
                $"exit code {result.ExitCode} from: {command}\nin {folder}\n{result.LastLines(20)}",
                tryThis,
                host
            );
    }
}
