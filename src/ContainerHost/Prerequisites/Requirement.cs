namespace ContainerHost.Prerequisites;

/// <summary>One thing that this machine must have or be for a host, as data.</summary>
public sealed record Requirement
{
    /// <summary>The requirement's stable id, such as <c>qemu</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What is required, in words.</summary>
    public required string Title { get; init; }

    /// <summary>How it is checked, in a sentence.</summary>
    public required string How { get; init; }

    /// <summary>What is needed of it.</summary>
    public required string Needed { get; init; }

    /// <summary>What an operator does when it is not met.</summary>
    public required string Fix { get; init; }

    /// <summary>True when no host can be made without it; else it is a warning.</summary>
    public bool Fatal { get; init; } = true;

    /// <summary>The Debian packages that bring it; empty when no package does.</summary>
    public IReadOnlyList<string> AptPackages { get; init; } = [];

    /// <summary>The ids of requirements without which this one cannot be checked.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];
}
