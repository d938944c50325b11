using System.Text.Json.Serialization;
using ContainerHost.Errors;
using ContainerHost.Specification;

namespace ContainerHost.Labs;

/// <summary>What became of a host of a lab: whether all went well, in how many milliseconds, and what went wrong, if anything.</summary>
public sealed record LabOutcome(
    HostName Name,
    LabAction Action,
    long DurationMs,
    [property: JsonIgnore] ContainerHostException? Failure
)
{
    /// <summary>True when the host is as it was to be.</summary>
    public bool Succeeded => Problem is null;

    /// <summary>What went wrong, or why it was not tried; null when it is as it was to be.</summary>
    public string? Problem { get; init; } = Failure?.Message;
}
