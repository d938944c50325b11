namespace ContainerHost.Verification;

/// <summary>An image that was proved on a host.</summary>
internal sealed record ProvedImage
{
    /// <summary>Its name.</summary>
    public required string Image { get; init; }

    /// <summary>Where it came from: a reference, a path or an address.</summary>
    public required string Source { get; init; }

    /// <summary>SHA-256 of the archive, in lower-case hex; null for a reference.</summary>
    public string? FileSha256 { get; init; }

    /// <summary>Its manifest's digest; null where the archive has no manifest with one.</summary>
    public string? Digest { get; init; }

    /// <summary>Its configuration's digest, by which runtimes know it; null for one that could not be pulled.</summary>
    public string? ImageId { get; init; }

    /// <summary>Operating system and architecture.</summary>
    public required string Platform { get; init; }

    /// <summary>Bytes of its layers: unpacked, of a reference as the runtime counts them.</summary>
    public required long Size { get; init; }

    /// <summary>Its layers, the lowest first.</summary>
    public required IReadOnlyList<ProvedLayer> Layers { get; init; }

    /// <summary>The words of the command that ran: the one that was given, else the image's own.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>How it ended under each isolation.</summary>
    public required IReadOnlyList<ProofVerdict> Verdicts { get; init; }
}

/// <summary>A layer: its digest, as it lies in the archive or registry, and its bytes there, where they are known.</summary>
internal sealed record ProvedLayer(string Digest, long? Size);

/// <summary>How an image ended under one isolation; the check of that id has the evidence.</summary>
internal sealed record ProofVerdict(string Isolation, bool Passed, string Check);
