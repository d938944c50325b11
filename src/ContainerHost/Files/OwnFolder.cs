namespace ContainerHost.Files;

/// <summary>Folders that nobody but their owner may look into.</summary>
internal static class OwnFolder
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes the folder (Unix mode 0700), or takes the rights of others from one that is there.</summary>
    public static void Make(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }
        Directory.CreateDirectory(path, Mode);
        try
        {
            if ((File.GetUnixFileMode(path) & ~Mode) != 0)
                File.SetUnixFileMode(path, Mode);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A file system without modes, or a folder of somebody else who lets us write there.
        }
    }
}
