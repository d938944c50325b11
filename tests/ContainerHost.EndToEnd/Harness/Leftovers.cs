namespace ContainerHost.EndToEnd.Harness;

/// <summary>Finds what tests left behind: hosts, half-built images, and processes that have anything to do with their folder.</summary>
internal static class Leftovers
{
    public static IReadOnlyList<string> In(string root)
    {
        var left = new List<string>();
        var hosts = Path.Combine(root, "hosts");
        if (Directory.Exists(hosts))
            left.AddRange(Directory.EnumerateDirectories(hosts).Select(host => $"host folder {host}"));
        left.AddRange(
            Directory
                .EnumerateFileSystemEntries(root, "*", SearchOption.AllDirectories)
                .Where(path =>
                    Path.GetFileName(path) is var name
                    && (
                        name.EndsWith(".tmp", StringComparison.Ordinal)
                        || name.EndsWith(".part", StringComparison.Ordinal)
                        || name.StartsWith(".building-", StringComparison.Ordinal)
                    )
                )
                .Select(path => $"file {path}")
        );
        left.AddRange(ProcessesOf(root));
        return left;
    }

    /// <summary>Processes, other than this one, that name the folder in their arguments, work in it, or have one of its files open.</summary>
    public static IEnumerable<string> ProcessesOf(string folder)
    {
        // A host's lock lies beside its folder and has a name that starts the same.
        var inside = $"{folder}/";
        return Directory
            .EnumerateDirectories("/proc")
            .Where(path => int.TryParse(Path.GetFileName(path), out var id) && id != Environment.ProcessId)
            .Select(path => (Path: path, Command: Read(path)))
            .Where(process =>
                process.Command.Contains(inside, StringComparison.Ordinal)
                || Links(process.Path).Any(target => target.StartsWith(inside, StringComparison.Ordinal))
            )
            .Select(process => $"process {Path.GetFileName(process.Path)}: {process.Command}");
    }

    private static IReadOnlyList<string> Links(string process)
    {
        try
        {
            return
            [
                .. Directory
                    .EnumerateFileSystemEntries(Path.Combine(process, "fd"))
                    .Append(Path.Combine(process, "cwd"))
                    .Select(link => new FileInfo(link).LinkTarget ?? ""),
            ];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return []; // It ended meanwhile.
        }
    }

    private static string Read(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ""; // It ended meanwhile.
        }
    }
}
