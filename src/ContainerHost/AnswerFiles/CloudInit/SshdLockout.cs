using System.Text.RegularExpressions;

namespace ContainerHost.AnswerFiles.CloudInit;

/// <summary>Finds in settings of OpenSSH's server (sshd_config(5)) what would keep a user out of the guest.</summary>
internal sealed partial class SshdLockout(string user)
{
    /// <summary>What a file of settings says against it: without comments, and up to the first block that is for some users or addresses only.</summary>
    public IEnumerable<string> OfFile(string content) =>
        Of(
            content
                .Split('\n')
                .Where(line => !line.TrimStart().StartsWith('#'))
                .TakeWhile(line => !line.TrimStart().StartsWith("Match", StringComparison.OrdinalIgnoreCase))
        );

    /// <summary>What a script says against it, by the lines that name the file, and those that a here document puts into it.</summary>
    public IEnumerable<string> OfScript(IEnumerable<string> lines) =>
        Of(lines.Where(line => line.Contains("sshd_config", StringComparison.Ordinal) || Directive().IsMatch(line)));

    /// <summary>True when a name stands in a line as a word.</summary>
    public static bool Mentions(string line, string name) =>
        line.Split([' ', '\t', ',', ':', '\'', '"', '=', '|', ';']).Contains(name);

    private IEnumerable<string> Of(IEnumerable<string> lines)
    {
        var text = string.Join('\n', lines);
        // Of sed's 's/Port 22/Port 2222/' the last counts.
        if (
            text.Split('\n')
                .Any(line => SshPort().Matches(line).LastOrDefault() is { } port && port.Groups[1].Value != "22")
        )
            yield return "moves the SSH server from port 22, where the guest is reached; remove that";
        if (ClosesSshd().IsMatch(text))
            yield return "keeps the SSH server from taking our key or address; remove that";
        // Several lines add up.
        var allowed = AllowedOnly().Matches(text);
        if (allowed.Count > 0 && !allowed.Any(only => Mentions(only.Value, user) || Mentions(only.Value, "*")))
            yield return $"lets only others than '{user}' log in ('{allowed[0].Value.Trim()}'); add it";
        if (Denied().Matches(text).Any(denied => Mentions(denied.Value, user)))
            yield return $"denies '{user}' to log in; remove that";
    }

    [GeneratedRegex(
        @"^\s*(Port|ListenAddress|PubkeyAuthentication|AuthorizedKeysFile|Allow|Deny)",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Directive();

    [GeneratedRegex(@"(?<!\w)Port[\s=]+([0-9]+)", RegexOptions.IgnoreCase)]
    private static partial Regex SshPort();

    [GeneratedRegex(
        @"\bPubkeyAuthentication[\s=]+no\b|^\s*AuthorizedKeysFile\s+(?!.*\.ssh/authorized_keys)\S|^\s*ListenAddress\s+(?!0\.0\.0\.0\s*$|::\s*$)\S",
        RegexOptions.IgnoreCase | RegexOptions.Multiline
    )]
    private static partial Regex ClosesSshd();

    [GeneratedRegex(@"^\s*Allow(Users|Groups)\s.*$", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex AllowedOnly();

    [GeneratedRegex(@"^\s*Deny(Users|Groups)\s.*$", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Denied();
}
