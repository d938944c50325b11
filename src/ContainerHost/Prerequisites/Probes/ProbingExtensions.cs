using ContainerHost.Errors;
using ContainerHost.Processes;

namespace ContainerHost.Prerequisites.Probes;

/// <summary>Runs commands that may not be there.</summary>
internal static class ProbingExtensions
{
    /// <summary>Runs a command; null when the program is not there.</summary>
    public static async Task<CommandResult?> TryRunAsync(
        this IProcessRunner processes,
        Command command,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await processes.RunAsync(command, cancellationToken);
        }
        catch (PrerequisitesMissingException)
        {
            return null;
        }
    }
}
