namespace ContainerHost.Proving.Archives;

/// <summary>The one image in an archive, everything about it checked.</summary>
internal sealed record ArchivedImage
{
    /// <summary>The archive's path on this machine, and the SHA-256 that it had.</summary>
    public required string Path { get; init; }
    public required string FileSha256 { get; init; }

    /// <summary>Its name, where the archive tells one.</summary>
    public string? Reference { get; init; }

    /// <summary>Its manifest's digest; archives as "docker save" wrote them have none.</summary>
    public string? ManifestDigest { get; init; }

    /// <summary>Its configuration's digest, by which runtimes know it.</summary>
    public required string ImageId { get; init; }

    /// <summary>The configuration's bytes.</summary>
    public required byte[] Config { get; init; }

    public required string Os { get; init; }
    public required string Architecture { get; init; }

    /// <summary>Entry point and command.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>The entry point alone.</summary>
    public required IReadOnlyList<string> EntryPoint { get; init; }

    public required IReadOnlyList<ArchivedLayer> Layers { get; init; }

    /// <summary>All layers, unpacked.</summary>
    public long Size => Layers.Sum(layer => layer.Unpacked);
}

/// <summary>
/// A layer: its entry in the archive; the digest of that entry where the archive tells one; the digest of what is packed in it; and both sizes,
/// of which the second is known once it was read.
/// </summary>
internal sealed record ArchivedLayer(string Entry, string? Digest, string DiffId, long Size)
{
    public long Unpacked { get; init; }
}
