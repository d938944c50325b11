namespace ContainerHost.Processes;

/// <summary>Runs commands on this machine.</summary>
public interface IProcessRunner
{
    /// <summary>
    /// Runs a command to its end whatever its exit code, handing each line of output to <paramref name="onLine"/> as it comes;
    /// cancellation kills it with its children. A program that is not there is a <see cref="Errors.PrerequisitesMissingException"/>.
    /// </summary>
    Task<CommandResult> RunAsync(Command command, CancellationToken cancellationToken, Action<string>? onLine = null);
}
