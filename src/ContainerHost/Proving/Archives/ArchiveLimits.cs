namespace ContainerHost.Proving.Archives;

/// <summary>How large an archive may be, so that one that was made to fill a disk does not.</summary>
internal sealed record ArchiveLimits
{
    public static ArchiveLimits Default { get; } = new();

    /// <summary>Of the archive itself, and of all layers, both unpacked: what a host's disk has room for.</summary>
    public long Unpacked { get; init; } = 20L << 30;

    /// <summary>Of one document; registries take 4 MiB.</summary>
    public int Document { get; init; } = 4 << 20;

    /// <summary>Files in the archive itself; an image has a few hundred at most.</summary>
    public int Entries { get; init; } = 10_000;

    /// <summary>Files in all layers.</summary>
    public int Files { get; init; } = 2_000_000;
}

/// <summary>An archive is not what it says; the message completes "it" and names what is wrong.</summary>
internal sealed class BadArchiveException(string message, Exception? inner = null) : Exception(message, inner);
