using System.Collections.Immutable;
using System.Globalization;

namespace ContainerHost.Machines.HyperV.Cim;

/// <summary>
/// Where an instance is: its class and keys, and the server and namespace where they are known. The text form is WMI's object path
/// (Microsoft's reference, "WMI object path requirements").
/// </summary>
internal sealed record CimPath(string ClassName, ImmutableSortedDictionary<string, object> Keys)
{
    /// <summary>The server, or null where the text had none.</summary>
    public string? Server { get; init; }

    /// <summary>The namespace such as <c>root\virtualization\v2</c>, or null where the text had none.</summary>
    public string? Namespace { get; init; }

    public static CimPath Of(string className, params (string Name, object Value)[] keys) =>
        new(
            className,
            keys.ToImmutableSortedDictionary(key => key.Name, key => key.Value, StringComparer.OrdinalIgnoreCase)
        );

    /// <summary>Reads WMI's text form.</summary>
    public static CimPath Parse(string text) =>
        TryParse(text, out var path) ? path! : throw new FormatException($"'{text}' is not an object path.");

    public static bool TryParse(string text, out CimPath? path) => new CimPathReader(text).TryRead(out path);

    /// <summary>The same instance: class and keys as WMI compares them, without case; whatever the server is called.</summary>
    public bool Equals(CimPath? other) =>
        other is not null && Local().Equals(other.Local(), StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => Local().GetHashCode(StringComparison.OrdinalIgnoreCase);

    public override string ToString() => Namespace is null ? Local() : $@"\\{Server ?? "."}\{Namespace}:{Local()}";

    private string Local() => $"{ClassName}.{string.Join(',', Keys.Select(key => $"{key.Key}={Value(key.Value)}"))}";

    private static string Value(object value) =>
        value switch
        {
            string text =>
                $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"",
            bool flag => flag ? "TRUE" : "FALSE",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
}
