using System.Globalization;

namespace ContainerHost.Processes;

/// <summary>A process that runs here, whoever started it, with the words of its command line (proc(5)).</summary>
internal sealed record RunningProcess(int Id, string[] Words)
{
    /// <summary>All whose words may be read.</summary>
    public static IEnumerable<RunningProcess> List(string procDirectory = "/proc") =>
        Directory
            .EnumerateDirectories(procDirectory)
            .Select(path =>
                int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                    ? Read(id, procDirectory)
                    : null
            )
            .OfType<RunningProcess>();

    /// <summary>The process of that number; null when there is none, or its words are hidden from us.</summary>
    public static RunningProcess? Read(int id, string procDirectory = "/proc")
    {
        try
        {
            var line = File.ReadAllText(Path.Combine(procDirectory, $"{id}", "cmdline"));
            return new RunningProcess(id, line.Split('\0'));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>True when it has the file open, by whatever path, or had it when the file was removed; null where one may not look (proc(5)).</summary>
    public bool? Holds(string path)
    {
        string? inode;
        try
        {
            inode = InodeOf(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null; // The file is there, and cannot be opened to be compared.
        }
        try
        {
            return Directory
                .EnumerateFileSystemEntries($"/proc/{Id}/fd")
                .Any(entry => new FileInfo(entry).LinkTarget is { } target && IsIt(target, Path.GetFileName(entry)));

            // Another mount, or another namespace's, shows another path.
            bool IsIt(string target, string number) =>
                target == (inode is null ? $"{path} (deleted)" : path)
                || (
                    inode is not null
                    && Path.GetFileName(target) == Path.GetFileName(path)
                    && ReadInode($"/proc/{Id}/fdinfo/{number}") == inode
                );
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
        catch (IOException)
        {
            return false; // It ended, or closes what it has.
        }
    }

    // As the kernel tells it of an open file; null where there is no file, or the kernel (before 5.14) does not tell.
    private static string? InodeOf(string path)
    {
        if (!File.Exists(path))
            return null;
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return ReadInode($"/proc/self/fdinfo/{file.DangerousGetHandle()}") ?? "";
    }

    private static string? ReadInode(string path) =>
        File.ReadLines(path).FirstOrDefault(line => line.StartsWith("ino:", StringComparison.Ordinal));

    public string? After(string option)
    {
        var at = Array.IndexOf(Words, option);
        return at >= 0 && at + 1 < Words.Length ? Words[at + 1] : null;
    }
}
