using System.Text.Json;
using ContainerHost.Errors;
using ContainerHost.Specification;

namespace ContainerHost.Guests;

/// <summary>Reads the JSON that our scripts answer with.</summary>
internal static class ScriptAnswer
{
    /// <exception cref="ContainerHostException">It is something else.</exception>
    public static T Read<T>(string json)
    {
        try
        {
            if (JsonSerializer.Deserialize<T>(json, SpecificationJson.Options) is { } read)
                return read;
        }
        catch (JsonException)
        {
            // Told below, with what was said.
        }
        throw new ContainerHostException(
            "read what a script in the guest answered",
            json.Length == 0 ? "it said nothing" : json.Trim(),
            "run the target again; the target Shell logs in to look around."
        );
    }
}
