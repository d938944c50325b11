namespace ContainerHost.EndToEnd.Harness;

/// <summary>Finds what tests left behind: hosts, half-built images, and processes that have anything to do with their folder.</summary>
internal static class Leftovers
{
    public static IReadOnlyList<string> In(string root)
    {
        var hosts = new DirectoryInfo(Path.Combine(root, "hosts"));
        var files = Directory.EnumerateFileSystemEntries(root, "*", SearchOption.AllDirectories);
        return
        [
            .. FoldersIn(hosts).Where(host => host.Name != ".templates").Select(host => $"host folder {host}"),
            .. FoldersIn(new DirectoryInfo(Path.Combine(hosts.FullName, ".templates")))
                .Select(one => $"template {one}"),
            .. files.Where(path => IsHalfMade(Path.GetFileName(path))).Select(path => $"file {path}"),
            .. ProcessesOf(root),
        ];
    }

    private static IEnumerable<DirectoryInfo> FoldersIn(DirectoryInfo folder) =>
        folder.Exists ? folder.EnumerateDirectories() : [];

    private static bool IsHalfMade(string name) =>
        name.EndsWith(".tmp", StringComparison.Ordinal)
        || name.EndsWith(".part", StringComparison.Ordinal)
        || name.StartsWith(".building-", StringComparison.Ordinal);

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

    private static IReadOnlyList<string> Links(string process) =>
        OfRunning<IReadOnlyList<string>>(
            () =>
                [
                    .. Directory
                        .EnumerateFileSystemEntries(Path.Combine(process, "fd"))
                        .Append(Path.Combine(process, "cwd"))
                        .Select(link => new FileInfo(link).LinkTarget ?? ""),
                ],
            ended: []
        );

    private static string Read(string process) =>
        OfRunning(() => File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' '), ended: "");

    private static T OfRunning<T>(Func<T> look, T ended)
    {
        try
        {
            return look();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ended; // Meanwhile.
        }
    }
}
