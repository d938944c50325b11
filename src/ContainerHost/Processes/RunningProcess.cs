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

    /// <summary>True when it has the file open, or had it when the file was removed; false too where one may not look (proc(5)).</summary>
    public bool Holds(string path)
    {
        try
        {
            return Directory
                .EnumerateFileSystemEntries($"/proc/{Id}/fd")
                .Select(entry => new FileInfo(entry).LinkTarget)
                .Any(target => target == path || target == $"{path} (deleted)");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public string? After(string option)
    {
        var at = Array.IndexOf(Words, option);
        return at >= 0 && at + 1 < Words.Length ? Words[at + 1] : null;
    }
}
