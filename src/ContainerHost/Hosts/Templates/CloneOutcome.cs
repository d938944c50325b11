using System.Text.Json.Serialization;
using ContainerHost.Errors;
using ContainerHost.Specification;

namespace ContainerHost.Hosts.Templates;

/// <summary>How a clone ended: its host's name, how long it took in milliseconds until its guest answered, and what went wrong, if anything.</summary>
public sealed record CloneOutcome(
    HostName Name,
    long DurationMs,
    [property: JsonIgnore] ContainerHostException? Failure
)
{
    /// <summary>What went wrong, as text; null for a clone that runs.</summary>
    public string? Problem => Failure?.Message;
}
