using ContainerHost.Errors;

namespace ContainerHost.Files;

/// <summary>Folders that nobody but their owner may look into.</summary>
internal static class OwnFolder
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Refuses a folder, where it is there, that somebody else may change what lies in: programs run from there, and digests lie beside what they are of.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="parameter">The parameter that chooses another.</param>
    /// <exception cref="PrerequisitesMissingException">It belongs to neither this user nor root, or everybody may write there.</exception>
    public static void RequireTrusted(string path, string parameter)
    {
        if (OperatingSystem.IsWindows() || !Directory.Exists(path))
            return;
        var isOurs = FileStatus.OwnerOf(path) is not { } owner || owner == 0 || owner == FileStatus.CurrentUser;
        var isOpen = File.GetUnixFileMode(path).HasFlag(UnixFileMode.OtherWrite);
        if (isOurs && !isOpen)
            return;
        throw new PrerequisitesMissingException(
            $"trust what lies in {path}",
            isOurs ? "everybody may write there" : $"it belongs to {FileOwner.Of(path)}, not to {Environment.UserName}",
            $"choose a folder of your own by {parameter}, or {(isOurs ? $"'chmod o-w {path}'" : $"run it as {FileOwner.Of(path)}")}."
        );
    }

    /// <summary>Makes the folder (Unix mode 0700, on Windows rights of its own), or takes the rights of others from one that is there.</summary>
    /// <remarks>Hyper-V reads nothing in a host's folder: what its machine needs is copied to the server's disk folder.</remarks>
    public static void Make(string path)
    {
        try
        {
            if (OperatingSystem.IsWindows())
                ClosedAccess.Make(path);
            else if (
                File.GetUnixFileMode(Directory.CreateDirectory(path, Mode).FullName) is var mode
                && (mode & ~Mode) != 0
            )
                File.SetUnixFileMode(path, Mode);
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException && Directory.Exists(path))
        {
            // A file system without rights, or a folder of somebody else who lets us write there.
        }
    }
}
