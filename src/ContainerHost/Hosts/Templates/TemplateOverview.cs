using ContainerHost.Specification;

namespace ContainerHost.Hosts.Templates;

/// <summary>A template in the list that the target Templates prints; what is not known is null.</summary>
public sealed record TemplateOverview
{
    /// <summary>The template's name.</summary>
    public required HostName Name { get; init; }

    /// <summary>The guest's id, as <c>--guest</c> takes it.</summary>
    public string? Guest { get; init; }

    /// <summary>What runs containers in it, as <c>--runtime</c> takes it.</summary>
    public string? Runtime { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The bytes that it takes on its disk.</summary>
    public required long DiskUsage { get; init; }

    /// <summary>The hosts that were cloned from it and are still there.</summary>
    public required IReadOnlyList<HostName> Clones { get; init; }

    /// <summary>Why no host can be cloned from it here, in words; null where one can.</summary>
    public string? Problem { get; init; }
}
