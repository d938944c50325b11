namespace ContainerHost.Files;

/// <summary>Paths as the kernel tells them: without symbolic links.</summary>
internal static class RealPath
{
    private const int MostLinks = 40; // As many as Linux follows.

    /// <summary>The path with every link on the way followed; parts that do not exist stay as they are.</summary>
    public static string Of(string path) => Follow(Path.GetFullPath(path), MostLinks);

    private static string Follow(string path, int left)
    {
        var real = Path.GetPathRoot(path)!;
        var names = path[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < names.Length; i++)
        {
            var next = Path.Combine(real, names[i]);
            if (left > 0 && new FileInfo(next).LinkTarget is { } link)
                return Follow(Path.GetFullPath(Path.Combine([real, link, .. names[(i + 1)..]])), left - 1);
            real = next;
        }
        return real;
    }
}
