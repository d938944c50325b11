namespace ContainerHost.Prerequisites;

/// <summary>What was found for a requirement; where that tells more than the requirement's own text, also what is needed and how to fix it.</summary>
internal sealed record Finding(bool Met, string Found, string? Needed = null, string? Fix = null);
