namespace ContainerHost.Targets.Ci;

/// <summary>One key of a map with its value, and what is said of it.</summary>
internal sealed record YamlEntry(string Key, object Value, string? Above = null, string? Behind = null);
