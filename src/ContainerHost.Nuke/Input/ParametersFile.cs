using System.Text.Json;
using ContainerHost.Errors;

namespace ContainerHost.Targets.Input;

/// <summary>A file of parameters: <c>.nuke/parameters.json</c>, or <c>.nuke/parameters.ci.json</c> of the profile ci.</summary>
internal static class ParametersFile
{
    private static readonly JsonDocumentOptions Lenient = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>What the file sets, with what is wrong with it added to the problems.</summary>
    public static IReadOnlyList<GivenParameter> Read(string root, string file, ICollection<string> problems)
    {
        var name = Path.GetRelativePath(root, file);
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file), Lenient);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return
                [
                    .. document
                        .RootElement.EnumerateObject()
                        .Where(one => one.Name != "$schema" && one.Value.ValueKind != JsonValueKind.Null)
                        .Select(one => new GivenParameter(one.Name, Texts(one, name), $"'{one.Name}' in {name}")),
                ];
            problems.Add($"{name} must be a JSON object.");
        }
        catch (JsonException wrong)
        {
            problems.Add($"{name} is no valid JSON: {wrong.Message}");
        }
        catch (InvalidInputException wrong)
        {
            problems.Add(wrong.Problems[0]);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            problems.Add($"{name} cannot be read: {wrong.Message}");
        }
        return [];
    }

    private static string[] Texts(JsonProperty property, string file) =>
        property.Value.ValueKind == JsonValueKind.Array
            ? [.. property.Value.EnumerateArray().Select(item => Text(item, property.Name, file))]
            : [Text(property.Value, property.Name, file)];

    private static string Text(JsonElement element, string key, string file) =>
        element.ValueKind switch
        {
            JsonValueKind.String => element.GetString()!,
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => element.GetRawText(),
            _ => throw new InvalidInputException([
                $"'{key}' in {file} must be a text, a number, a boolean or a list of them.",
            ]),
        };
}
