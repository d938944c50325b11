namespace ContainerHost.Prerequisites.Probes;

/// <summary>What a probe found; where it knows better than the requirement's own text, also what is needed and how to fix it.</summary>
internal sealed record Finding(bool Met, string Found)
{
    public string? Needed { get; init; }

    public string? Fix { get; init; }
}
