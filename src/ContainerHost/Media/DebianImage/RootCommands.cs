using ContainerHost.Processes;

namespace ContainerHost.Media.DebianImage;

/// <summary>
/// Runs commands as root: directly, or through <c>sudo -n</c>. A cancelled command under sudo may live on, since only root may end it;
/// <see cref="BuildRemains"/> does.
/// </summary>
internal sealed class RootCommands(IProcessRunner processes) : IProcessRunner
{
    public Task<CommandResult> RunAsync(
        Command command,
        CancellationToken cancellationToken,
        Action<string>? onLine = null
    ) => processes.RunAsync(Environment.IsPrivilegedProcess ? command : Sudo.Of(command), cancellationToken, onLine);

    /// <summary>Gives files that root made to the user.</summary>
    public async Task TakeOwnershipAsync(string folder, CancellationToken cancellationToken)
    {
        if (Environment.IsPrivilegedProcess)
            return;
        await this.RunCheckedAsync(
            new Command("chown", "--recursive", Environment.UserName, folder),
            "take over what root made",
            $"see who owns {folder}, and whether its file system knows owners.",
            cancellationToken
        );
    }
}
