using ContainerHost.Processes;

namespace ContainerHost.Media.DebianImage;

/// <summary>Runs commands as root: directly, or through <c>sudo -n</c>, which clears the environment and so is given it as arguments.</summary>
internal sealed class RootCommands(IProcessRunner processes)
{
    public Task<CommandResult> RunAsync(
        Command command,
        CancellationToken cancellationToken,
        Action<string>? onLine = null
    ) => processes.RunAsync(Environment.IsPrivilegedProcess ? command : WithSudo(command), cancellationToken, onLine);

    /// <summary>Gives files that root made to the user.</summary>
    public async Task TakeOwnershipAsync(string folder, CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
            await RunAsync(new Command("chown", "--recursive", Environment.UserName, folder), cancellationToken);
    }

    internal static Command WithSudo(Command command) =>
        command with
        {
            Program = "sudo",
            Arguments =
            [
                "-n",
                "env",
                .. command.Environment.Select(variable => $"{variable.Key}={variable.Value}"),
                command.Program,
                .. command.Arguments,
            ],
        };
}
