namespace ContainerHost.Verification;

/// <summary>How one check of a host ended, with the evidence it saw.</summary>
public sealed record CheckResult
{
    /// <summary>The check's stable id, such as <c>isolation-process</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What was checked, in words.</summary>
    public required string Title { get; init; }

    /// <summary>True when the host is as it should be.</summary>
    public required bool Passed { get; init; }

    /// <summary>How long the check took in milliseconds.</summary>
    public required long DurationMs { get; init; }

    /// <summary>What was seen, as text for people; it may have several lines.</summary>
    public required string Evidence { get; init; }

    /// <summary>What is wrong and what to try; null when the check passed.</summary>
    public string? Problem { get; init; }
}
