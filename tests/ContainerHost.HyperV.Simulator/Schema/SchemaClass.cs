namespace ContainerHost.HyperV.Simulator.Schema;

/// <summary>A class with everything it inherits.</summary>
internal sealed record SchemaClass(
    string Name,
    string? Superclass,
    IReadOnlyDictionary<string, SchemaProperty> Properties,
    IReadOnlyDictionary<string, IReadOnlyList<SchemaProperty>> Methods
);
