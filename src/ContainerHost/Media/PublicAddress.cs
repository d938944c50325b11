using System.Text.RegularExpressions;

namespace ContainerHost.Media;

/// <summary>Addresses as they may be shown and kept: without user names, passwords and queries, which may be keys to a private server.</summary>
internal static partial class PublicAddress
{
    public static string Of(Uri address) =>
        address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    /// <summary>Of an address, or of a path, which stays as it is.</summary>
    public static string Of(string addressOrPath) =>
        !addressOrPath.Contains("://", StringComparison.Ordinal) ? addressOrPath
        : Uri.TryCreate(addressOrPath, UriKind.Absolute, out var address) ? Of(address)
        : In(addressOrPath);

    /// <summary>Takes names, passwords and queries out of every address in a text.</summary>
    public static string In(string text) => Credentials().Replace(text, "://${rest}");

    // The last @ before the path ends a password, which may have one itself.
    [GeneratedRegex(@"://(?:[^/?\s""'<>]*@)?(?<rest>[^\s""'<>?]*)(?:\?[^\s""'<>]*)?")]
    private static partial Regex Credentials();
}
