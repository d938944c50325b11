using System.Text.Json.Serialization;
using ContainerHost.Runtimes;

namespace ContainerHost.Verification;

/// <summary>The proof of a host: what was checked, what was seen, and how the host came to be. docs/schema has its JSON schema.</summary>
public sealed record VerificationReport
{
    /// <summary>The version of the report's format.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>The host's name.</summary>
    public required string Host { get; init; }

    /// <summary>The guest's operating system.</summary>
    public required string Guest { get; init; }

    /// <summary>What the host ran on.</summary>
    public required HypervisorSummary Hypervisor { get; init; }

    /// <summary>True when there were checks and all of them passed.</summary>
    public bool Passed => Checks.Count > 0 && Checks.All(check => check.Passed);

    /// <summary>When the verification began, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long all checks took in milliseconds.</summary>
    public required long DurationMs { get; init; }

    /// <summary>Every check, in the order they ran.</summary>
    public required IReadOnlyList<CheckResult> Checks { get; init; }

    /// <summary>The ids of the host's other checks, which were not asked for; null where all were.</summary>
    public IReadOnlyList<string>? NotAsked { get; init; }

    /// <summary>The steps of the provisioning, the verification included.</summary>
    public IReadOnlyList<TimelineEntry> Timeline { get; init; } = [];

    /// <summary>What the host was made from.</summary>
    public IReadOnlyList<InstalledArtifact> Artifacts { get; init; } = [];

    /// <summary>The images that were proved on the host; null in the report of the host's own verification.</summary>
    [JsonInclude]
    internal IReadOnlyList<ProvedImage>? Images { get; init; }

    /// <summary>SHA-256 of the host's lock file, which has the artifacts, in lower-case hex; told with images.</summary>
    [JsonInclude]
    internal string? LockFileSha256 { get; init; }

    /// <summary>The console's picture as PNG, or null without one; shown in the page, not part of the JSON.</summary>
    [JsonIgnore]
    public byte[]? ScreenshotPng { get; init; }
}

/// <summary>What the host ran on: the hypervisor with its version, the accelerator, and why that accelerator.</summary>
public sealed record HypervisorSummary(string Name, string Accelerator, string Reason);

/// <summary>One step of the host's provisioning: when it began (UTC), how long it took in milliseconds, and what was done.</summary>
public sealed record TimelineEntry(string Name, DateTimeOffset StartedAt, long DurationMs, string Note);
