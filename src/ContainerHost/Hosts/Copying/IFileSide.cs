namespace ContainerHost.Hosts.Copying;

/// <summary>One end of a copy: files here, or in a guest.</summary>
internal interface IFileSide
{
    Task<TreeKind> FindAsync(string path, CancellationToken cancellationToken);

    /// <summary>All that is at a path, with the digest of each file.</summary>
    Task<CopiedTree> LookAsync(string path, CancellationToken cancellationToken);

    /// <summary>A path below a folder.</summary>
    string Join(string folder, string relative);

    /// <summary>At most so many bytes of a file from there on.</summary>
    Task<byte[]> ReadAsync(string path, long offset, int count, CancellationToken cancellationToken);

    Task MakeFolderAsync(string path, CancellationToken cancellationToken);

    /// <summary>How many bytes of an earlier try are there.</summary>
    Task<long> FindPartAsync(string path, CopiedFile file, CancellationToken cancellationToken);

    /// <summary>Writes bytes of an unfinished file at that place, and nothing behind them.</summary>
    Task WriteAsync(string path, CopiedFile file, long offset, byte[] bytes, CancellationToken cancellationToken);

    /// <summary>Gives the whole file its name if its digest is right; else what came is removed, and false returned.</summary>
    Task<bool> PlaceAsync(string path, CopiedFile file, CancellationToken cancellationToken);
}
