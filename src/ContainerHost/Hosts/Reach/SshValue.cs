using ContainerHost.Errors;

namespace ContainerHost.Hosts.Reach;

/// <summary>Paths as values of ssh_config(5): in quotes, with nothing in them that OpenSSH, of any release, would read as another thing.</summary>
internal static class SshValue
{
    // Quotes and backslashes can be written since release 8.7 only; of ${...} no release can keep its hands off (ssh_config(5), "ENVIRONMENT VARIABLES").
    private static readonly string[] Unwritable = ["\"", "\\", "${"];

    // Include takes glob(7) patterns, and since release 9.9 tokens; what escapes a token would be a part of the path before.
    private static readonly string[] Patterns = ["*", "?", "[", "%"];

    /// <summary>The path of a key or of known hosts, where a percent sign begins a token (ssh_config(5), "TOKENS").</summary>
    /// <exception cref="InvalidInputException">It cannot be written.</exception>
    public static string OfPath(string path) => Quote(path, Unwritable).Replace("%", "%%", StringComparison.Ordinal);

    /// <summary>The path of a file to include.</summary>
    /// <exception cref="InvalidInputException">It cannot be written.</exception>
    public static string OfInclude(string path) => Quote(path, [.. Unwritable, .. Patterns]);

    private static string Quote(string path, string[] refused)
    {
        // Win32-OpenSSH takes both slashes, and a backslash is what escapes in quotes.
        var plain = OperatingSystem.IsWindows() ? path.Replace('\\', '/') : path;
        return plain.Any(char.IsControl) || refused.FirstOrDefault(plain.Contains) is not null
            ? throw new InvalidInputException([
                $"--hosts-directory leads to '{path}', which the configuration of OpenSSH cannot name; choose one without {string.Join(' ', refused)}.",
            ])
            : $"\"{plain}\"";
    }
}
