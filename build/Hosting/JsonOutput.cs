using System.Text.Json;
using ContainerHost.Specification;

namespace Hosting;

/// <summary>The machine-readable result of a target.</summary>
internal static class JsonOutput
{
    /// <summary>Writes it to standard output, as the product's JSON files are written.</summary>
    public static void Write<T>(T result) =>
        Console.Out.WriteLine(JsonSerializer.Serialize(result, SpecificationJson.Options));
}
