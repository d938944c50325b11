using System.Text.Json;
using System.Text.Json.Serialization;

namespace ContainerHost.Specification;

/// <summary>Keeps a value in JSON as its text, which is what it writes itself as unless told otherwise.</summary>
internal sealed class TextJsonConverter<T>(Func<string, object?> parse, Func<T, string>? format = null)
    : JsonConverter<T>
    where T : notnull
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.GetString() ?? "";
        return parse(text) is T value ? value : throw new JsonException($"'{text}' is not a {typeof(T).Name}");
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(format is null ? value.ToString() : format(value));
}
