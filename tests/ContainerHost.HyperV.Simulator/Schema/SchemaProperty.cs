using System.Text.Json.Nodes;
using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.HyperV.Simulator.Schema;

/// <summary>A property of a class, or a parameter of a method.</summary>
internal sealed record SchemaProperty(string Name, CimType Type, bool IsArray, string? Target)
{
    /// <summary>The class that an embedded instance, written as text, must be of; null where the text is just text.</summary>
    public string? Embedded { get; init; }

    public bool IsIncoming { get; init; } = true;

    /// <summary>From the reference's words; null for the few types that are instances themselves, which nothing here uses.</summary>
    public static SchemaProperty? From(JsonNode node)
    {
        var type = node["type"]!.GetValue<string>();
        var reference = type.StartsWith("ref:", StringComparison.Ordinal);
        CimType known;
        try
        {
            known = reference ? CimType.Reference : CimText.TypeNamed(type);
        }
        catch (FormatException)
        {
            return null;
        }
        return new SchemaProperty(
            node["name"]!.GetValue<string>(),
            known,
            node["array"]?.GetValue<bool>() ?? false,
            reference ? type[4..] : null
        )
        {
            Embedded = node["embedded"]?.GetValue<string>(),
            IsIncoming = node["direction"]?.GetValue<string>() != "out",
        };
    }
}
