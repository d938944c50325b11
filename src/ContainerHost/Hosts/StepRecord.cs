using System.Text.Json.Serialization;

namespace ContainerHost.Hosts;

/// <summary>What the journal knows of a step: when it began, of what it was made, and how long it took once it is done.</summary>
internal sealed record StepRecord
{
    /// <summary>A short hash of all inputs; the step is up to date while they are the same.</summary>
    public required string Fingerprint { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took in milliseconds; null while it is not done, also after a build was killed in it.</summary>
    public long? DurationMs { get; init; }

    /// <summary>What was done, in one line for people.</summary>
    public string Note { get; init; } = "";

    [JsonIgnore]
    public bool IsDone => DurationMs is not null;
}
