namespace ContainerHost.Progress;

/// <summary>How far a running step is; what is not known is null, and nothing is guessed.</summary>
public sealed record StepDetail
{
    /// <summary>The part that it is at, such as a stage of a guest's boot.</summary>
    public string? Stage { get; init; }

    /// <summary>How many of <see cref="Total"/> are done.</summary>
    public int? Done { get; init; }

    /// <summary>How many there are.</summary>
    public int? Total { get; init; }

    /// <summary>What is counted, in the plural.</summary>
    public string? Unit { get; init; }

    /// <summary>Bytes that are there.</summary>
    public long? Bytes { get; init; }

    /// <summary>Bytes in all.</summary>
    public long? TotalBytes { get; init; }

    /// <summary>The names of what is still to come, in order; empty by default.</summary>
    public IReadOnlyList<string> ToCome { get; init; } = [];
}
