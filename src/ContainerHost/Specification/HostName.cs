using System.Diagnostics.CodeAnalysis;

namespace ContainerHost.Specification;

/// <summary>
/// A host's name that is legal everywhere it goes (file names, DNS labels, NetBIOS, process arguments): 1 to 15 lower-case letters,
/// digits and hyphens, starting with a letter and not ending with a hyphen. NetBIOS sets the length.
/// </summary>
public sealed record HostName
{
    private HostName(string value) => Value = value;

    /// <summary>The name of a host that nobody named: <c>containerhost</c>.</summary>
    public static HostName Default { get; } = new("containerhost");

    /// <summary>The name, in lower case.</summary>
    public string Value { get; }

    /// <summary>True for what means something else where the name goes: devices of Windows (Microsoft, "Naming Files, Paths, and Namespaces"), this machine itself.</summary>
    internal bool IsTaken =>
        Value is "con" or "prn" or "aux" or "nul" or "localhost"
        || (Value.Length == 4 && (Value[..3] is "com" or "lpt") && Value[3] is >= '1' and <= '9');

    /// <summary>Reads a name; upper-case letters become lower-case; false when no such name is legal.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out HostName? name)
    {
        var value = text?.ToLowerInvariant() ?? "";
        var legal =
            value.Length is > 0 and <= 15
            && char.IsAsciiLetterLower(value[0])
            && value[^1] != '-'
            && value.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
        name = legal ? new HostName(value) : null;
        return legal;
    }

    /// <summary>The name itself.</summary>
    public override string ToString() => Value;
}
