namespace ContainerHost.HyperV.Simulator.Schema;

/// <summary>A class with everything it inherits.</summary>
internal sealed record SchemaClass(
    string Name,
    string? Superclass,
    Dictionary<string, SchemaProperty> Properties,
    Dictionary<string, List<SchemaProperty>> Methods
)
{
    public bool IsAssociation { get; init; }
}
