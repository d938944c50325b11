namespace ContainerHost.Prerequisites;

/// <summary>What was found for a requirement; where that tells more than the requirement's own text, also what is needed and how to fix it.</summary>
internal sealed record Finding(bool Met, string Found)
{
    /// <summary>What is needed; null for what the requirement says.</summary>
    public string? Needed { get; init; }

    /// <summary>What an operator does; null for what the requirement says.</summary>
    public string? Fix { get; init; }
}
