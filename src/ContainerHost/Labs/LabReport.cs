namespace ContainerHost.Labs;

/// <summary>The proof of a lab: every host, whether it passed, and where its own report is; docs/schema has its JSON schema.</summary>
public sealed record LabReport
{
    /// <summary>The version of the report's format.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>The lab's name.</summary>
    public required string Lab { get; init; }

    /// <summary>True when every host passed.</summary>
    public bool Passed => Hosts.All(host => host.Passed);

    /// <summary>The hosts, in the file's order.</summary>
    public required IReadOnlyList<LabHostReport> Hosts { get; init; }

    /// <summary>The path of the page.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Html { get; init; } = "";
}

/// <summary>A host in the report of its lab: whether it passed, what was wrong, and the path of its own page, relative to the lab's.</summary>
public sealed record LabHostReport(string Host, bool Passed, long DurationMs, string? Problem, string? Report);
