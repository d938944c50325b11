using ContainerHost.Errors;
using ContainerHost.Processes;

namespace ContainerHost.Prerequisites;

/// <summary>Finds out by trying.</summary>
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

    /// <summary>How this process may act as root.</summary>
    public static async Task<Privilege> FindPrivilegeAsync(
        this IProcessRunner processes,
        CancellationToken cancellationToken
    )
    {
        var id = await processes.TryRunAsync(new Command("id", "-u"), cancellationToken);
        if (id?.StandardOutput.Trim() == "0")
            return Privilege.Root;
        var sudo = await processes.TryRunAsync(Sudo.Of(new Command("true")), cancellationToken);
        return sudo is { Succeeded: true } ? Privilege.Sudo : Privilege.None;
    }
}
