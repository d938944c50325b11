namespace ContainerHost.Hosts.Pruning;

/// <summary>Something that Prune removes: of the cache, or a machine without a host.</summary>
public sealed record PrunedItem
{
    /// <summary>What it is, such as <c>image</c>, <c>download</c>, <c>cut-off download</c> or <c>machine</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Its path; of a machine that of its deleted folder.</summary>
    public required string Path { get; init; }

    /// <summary>The room that it takes on the disk; zero where that is not known.</summary>
    public long Bytes { get; init; }

    /// <summary>When it was last used; null of a machine.</summary>
    public DateTimeOffset? LastUse { get; init; }

    /// <summary>The process of a machine.</summary>
    public int? ProcessId { get; init; }

    /// <summary>Why it stayed although it was to go; null where it did not.</summary>
    public string? Problem { get; init; }
}
