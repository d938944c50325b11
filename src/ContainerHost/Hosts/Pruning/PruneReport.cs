namespace ContainerHost.Hosts.Pruning;

/// <summary>What Prune found, and removed where it was to.</summary>
public sealed record PruneReport
{
    /// <summary>The cache's folder.</summary>
    public required string Cache { get; init; }

    /// <summary>The room that the cache took before.</summary>
    public required long Bytes { get; init; }

    /// <summary>The most that it is to take.</summary>
    public required long Limit { get; init; }

    /// <summary>True where the items were removed, false where they would be.</summary>
    public required bool Removed { get; init; }

    /// <summary>What goes: leftovers first, then the least recently used.</summary>
    public required IReadOnlyList<PrunedItem> Items { get; init; }

    /// <summary>Why it is not known what some hosts use; then only leftovers go.</summary>
    public required IReadOnlyList<string> Unknown { get; init; }

    /// <summary>The room that the items take together.</summary>
    public long ItemBytes => Items.Where(item => item.Problem is null).Sum(item => item.Bytes);
}
