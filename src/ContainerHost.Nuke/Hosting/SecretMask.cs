using System.Text.Encodings.Web;
using System.Text.Json;

namespace ContainerHost.Targets.Hosting;

/// <summary>Knows every secret of a run, and what stands for it wherever it would be printed.</summary>
internal sealed class SecretMask
{
    public const string Replacement = "*****";

    private readonly string[] _secrets;

    public SecretMask(IEnumerable<string> secrets) =>
        // Longest first: one secret may begin with another.
        _secrets = [.. secrets.SelectMany(Spellings).Distinct().OrderByDescending(secret => secret.Length)];

    public bool IsEmpty => _secrets.Length == 0;

    /// <summary>True for a text that shows a secret.</summary>
    public bool Hides(string text) => _secrets.Any(secret => text.Contains(secret, StringComparison.Ordinal));

    public string Apply(string text)
    {
        foreach (var secret in _secrets)
            text = text.Replace(secret, Replacement, StringComparison.Ordinal);
        return text;
    }

    /// <summary>How many characters at the end of a text may be the beginning of a secret.</summary>
    public int Pending(string text)
    {
        var longest = 0;
        foreach (var secret in _secrets)
        {
            for (var length = Math.Min(secret.Length - 1, text.Length); length > longest; length--)
            {
                if (text.EndsWith(secret[..length], StringComparison.Ordinal))
                    longest = length;
            }
        }
        return longest;
    }

    // As it is, and as JSON, which logs and results are often written in.
    private static IEnumerable<string> Spellings(string secret) =>
        string.IsNullOrWhiteSpace(secret)
            ? []
            :
            [
                secret,
                JsonEncodedText.Encode(secret).ToString(),
                JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString(),
            ];
}
