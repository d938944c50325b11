using System.Runtime.InteropServices;

namespace ContainerHost.Files;

/// <summary>Brings a folder's own entries to the disk, without which a rename may be undone by a loss of power (fsync(2)); .NET opens no folders.</summary>
internal static class FolderSync
{
    /// <summary>Does so on Unix, as far as the file system can; Windows journals its names itself.</summary>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        // O_RDONLY is 0 everywhere. A file system that cannot sync folders is no reason to fail.
        var handle = Open(folder, 0);
        if (handle < 0)
            return;
        _ = Sync(handle);
        _ = Close(handle);
    }

    [DllImport("libc", EntryPoint = "open")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sync(int handle);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int handle);
}
