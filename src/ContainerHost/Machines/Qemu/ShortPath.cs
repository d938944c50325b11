namespace ContainerHost.Machines.Qemu;

/// <summary>A short name for a Unix socket whose own path is longer than the 107 bytes an address may have (unix(7)): a link to its folder.</summary>
internal sealed class ShortPath : IDisposable
{
    private const int Longest = 107;

    private readonly string? _link;

    private ShortPath(string path, string? link)
    {
        Path = path;
        _link = link;
    }

    public string Path { get; }

    public static ShortPath To(string socketPath)
    {
        if (System.Text.Encoding.UTF8.GetByteCount(socketPath) <= Longest)
            return new ShortPath(socketPath, null);
        var link = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"ch-{Guid.NewGuid():N}");
        Directory.CreateSymbolicLink(link, System.IO.Path.GetDirectoryName(socketPath)!);
        return new ShortPath(System.IO.Path.Combine(link, System.IO.Path.GetFileName(socketPath)), link);
    }

    public void Dispose()
    {
        if (_link is not null)
            File.Delete(_link);
    }
}
