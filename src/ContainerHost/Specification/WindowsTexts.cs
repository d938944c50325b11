using System.Text.RegularExpressions;

namespace ContainerHost.Specification;

/// <summary>The forms of what Windows' set-up is told by parameter or answer file, by Microsoft's "Unattended Windows Setup Reference".</summary>
internal static partial class WindowsTexts
{
    /// <summary>What <see cref="IsTimeZone"/> takes, in words.</summary>
    public const string TimeZone =
        "Windows' own name of a time zone, as 'tzutil /l' lists it, such as 'W. Europe Standard Time'";

    /// <summary>What <see cref="IsKeyboard"/> takes, in words.</summary>
    public const string Keyboard =
        "a language such as de-DE, or language and layout such as 0407:00000407; several with ';', the first is the default";

    /// <summary>What <see cref="IsProductKey"/> takes, in words.</summary>
    public const string ProductKey = "five groups of five letters and digits, with hyphens";

    // Windows' list grows with its updates, so it is not held here; names of other systems (Europe/Berlin) and shown ones
    // ((UTC+01:00) Berlin) are told apart by their signs.
    public static bool IsTimeZone(string text) =>
        text.Length is > 0 and <= 256 && !text.Any(char.IsControl) && !text.Contains('/') && text[0] != '(';

    public static bool IsKeyboard(string text) => text.Split(';', StringSplitOptions.TrimEntries).All(One().IsMatch);

    public static bool IsProductKey(string text) => Key().IsMatch(text);

    // An input method has the identifiers of its service and profile in the layout's place (Microsoft's "Default Input Profiles").
    [GeneratedRegex(
        @"^([a-z]{2,3}(-[a-z0-9]{2,8})*|[0-9a-f]{4}:([0-9a-f]{8}|(\{[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}){2}))\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex One();

    [GeneratedRegex(@"^[A-Z0-9]{5}(-[A-Z0-9]{5}){4}\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Key();
}
