using System.Text;
using System.Text.RegularExpressions;

namespace ContainerHost.AnswerFiles.CloudInit;

/// <summary>Finds in a user's data what would keep us out of the guest, as far as reading can: access for one user over SSH at port 22, to the end of the boot.</summary>
internal sealed partial class Lockout(string user)
{
    private static readonly string[] NeededModules = ["users_groups", "ssh"];

    /// <summary>What a cloud-config says against it, each as the end of a sentence about the file.</summary>
    public IEnumerable<string> Of(Dictionary<object, object?> config)
    {
        if (config.ContainsKey("power_state"))
            yield return "sets 'power_state', which would end the boot that CreateVm waits for; remove it";
        if (Names(config.GetValueOrDefault("users")).Concat(Names(config.GetValueOrDefault("user"))).Contains(user))
            yield return $"has a user '{user}' of its own, which is the one that ContainerHost logs in with; give it another name";
        if (Text(At(config, "system_info", "default_user", "name")) == user)
            yield return $"calls the default user '{user}', which is the one that ContainerHost logs in with; give it another name";
        if (ChangesPassword(config.GetValueOrDefault("chpasswd")))
            yield return $"sets a password for '{user}' by 'chpasswd'; give it with --password instead";
        foreach (var missing in MissingModules(config.GetValueOrDefault("cloud_init_modules")))
            yield return $"has 'cloud_init_modules' without '{missing}', which makes the user and the host key; add it";
        foreach (var file in Items(config.GetValueOrDefault("write_files")).OfType<Dictionary<object, object?>>())
        {
            foreach (var problem in OfFile(Text(file.GetValueOrDefault("path")) ?? "", Content(file)))
                yield return problem;
        }
        foreach (var key in (string[])["bootcmd", "runcmd"])
        {
            var commands = Items(config.GetValueOrDefault(key)).SelectMany(Words);
            foreach (var problem in OfScript(string.Join('\n', commands)))
                yield return problem;
        }
    }

    /// <summary>What a shell script says against it.</summary>
    public IEnumerable<string> OfScript(string script)
    {
        var lines = script.Split('\n').Where(line => !line.TrimStart().StartsWith('#')).ToList();
        // The rest of the line may have a password in it.
        if (lines.Select(line => EndsTheBoot().Match(line)).FirstOrDefault(match => match.Success) is { } ending)
            yield return $"has the command '{ending.Value.Trim()}', which ends the boot that CreateVm waits for; remove it";
        if (lines.Exists(line => RemovesHostKeys().IsMatch(line)))
            yield return "deletes the guest's SSH host keys, by which it is known; remove that";
        if (lines.Exists(line => StopsSsh().IsMatch(line)))
            yield return "stops the SSH server, by which the guest is reached; remove that";
        if (lines.Exists(line => ChangesAccount().IsMatch(line) && Mentions(line, user)))
            yield return $"changes the account '{user}', which is the one that ContainerHost logs in with; remove that";
        if (script.Contains("sshd_config", StringComparison.Ordinal))
        {
            // Of a script what names the file, and what a here document puts into it.
            var about = lines.Where(line =>
                line.Contains("sshd_config", StringComparison.Ordinal) || Directive().IsMatch(line)
            );
            foreach (var problem in OfSshd(string.Join('\n', about)))
                yield return problem;
        }
    }

    private IEnumerable<string> OfFile(string path, string content) =>
        path.StartsWith("/etc/ssh/sshd_config", StringComparison.Ordinal) ? OfSshd(Effective(content))
        : path.StartsWith("/etc/ssh/ssh_host_", StringComparison.Ordinal)
            ? [$"writes '{path}': the guest's host key comes from ContainerHost; remove it"]
        : path.StartsWith($"/home/{user}/.ssh/", StringComparison.Ordinal)
            ? [$"writes '{path}', which says who may log in as '{user}'; add keys under 'users' of another name"]
        : path.Contains("/ssh.socket", StringComparison.Ordinal)
        && content.Contains("ListenStream", StringComparison.Ordinal)
            ? [$"writes '{path}', which moves the SSH server from port 22; remove it"]
        : [];

    // Without comments, and up to the first block that is for some users or addresses only.
    private static string Effective(string content) =>
        string.Join(
            '\n',
            content
                .Split('\n')
                .Where(line => !line.TrimStart().StartsWith('#'))
                .TakeWhile(line => !line.TrimStart().StartsWith("Match", StringComparison.OrdinalIgnoreCase))
        );

    private IEnumerable<string> OfSshd(string text)
    {
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

    private bool ChangesPassword(object? chpasswd) =>
        Items(At(chpasswd, "users")).Any(one => Text(At(one, "name")) == user)
        || (At(chpasswd, "list") is string text ? text.Split('\n') : Items(At(chpasswd, "list")).Select(Text)).Any(
            line => line?.TrimStart().StartsWith($"{user}:", StringComparison.Ordinal) == true
        );

    private static IEnumerable<string> MissingModules(object? modules) =>
        modules is null
            ? []
            : NeededModules.Except(
                Items(modules)
                    .Select(one => Text(one is List<object?> { Count: > 0 } named ? named[0] : one))
                    .Select(name => name?.Replace('-', '_') ?? "")
            );

    // Every form that cloud-init takes (distros/ug_util.py): a text of names, a list of these, of lists and of maps, a map by name.
    private static IEnumerable<string> Names(object? users, int depth = 0) =>
        users switch
        {
            // An alias may lead to what it stands in.
            _ when depth > 3 => [],
            string names => names.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries),
            List<object?> list => list.SelectMany(item => Names(item, depth + 1)),
            Dictionary<object, object?> one when one.TryGetValue("name", out var name) => [Text(name) ?? ""],
            Dictionary<object, object?> byName => byName.Keys.Select(key => $"{key}"),
            _ => [],
        };

    // A command is a line, or a list of words, of which those after -c are lines for a shell.
    private static IEnumerable<string> Words(object? command) =>
        command is List<object?> words
            ? [string.Join(' ', words), .. words.SkipWhile(word => word is not "-c").Skip(1).Select(word => $"{word}")]
            : [$"{command}"];

    private static string Content(Dictionary<object, object?> file)
    {
        var content = Text(file.GetValueOrDefault("content")) ?? "";
        try
        {
            var isEncoded =
                Text(file.GetValueOrDefault("encoding")) is { } encoding
                && encoding.Contains('b', StringComparison.Ordinal);
            return isEncoded ? Encoding.UTF8.GetString(UserParts.Plain(Convert.FromBase64String(content))) : content;
        }
        catch (Exception damaged) when (damaged is FormatException or InvalidDataException)
        {
            return content;
        }
    }

    private static object? At(object? value, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            value = (value as Dictionary<object, object?>)?.GetValueOrDefault(name);
        return value;
    }

    private static List<object?> Items(object? value) => value as List<object?> ?? [];

    private static string? Text(object? value) => value as string;

    private static bool Mentions(string line, string name) =>
        line.Split([' ', '\t', ',', ':', '\'', '"', '=', '|', ';']).Contains(name);

    [GeneratedRegex(
        @"(^|[;&|(){}!`]|-c\s+[""']|\b(then|do|else|exec|nohup|sudo|time)\b)\s*(/(usr/)?s?bin/)?((systemctl|loginctl)\s+(-\S+\s+)*((start|isolate)\s+)?)?((poweroff|halt|reboot|shutdown)(\.target)?(?=$|[\s;&|)}`""'])|kexec\s+-e|(init|telinit)\s+[06]\b)"
    )]
    private static partial Regex EndsTheBoot();

    [GeneratedRegex(@"\b(rm|shred|unlink)\b[^;&|]*ssh_host_|\bfind\b[^;&|]*ssh_host_[^;&|]*-delete")]
    private static partial Regex RemovesHostKeys();

    [GeneratedRegex(
        @"\bsystemctl\b[^;&|]*\b(disable|stop|mask)\b[^;&|]*\bsshd?(\.service|\.socket)?(?=$|[\s;&|""'])|\bservice\s+sshd?\s+stop\b|\b(apt-get|apt|dpkg)\b[^;&|]*\b(remove|purge)\b[^;&|]*\bopenssh-server\b"
    )]
    private static partial Regex StopsSsh();

    [GeneratedRegex(
        @"\b(userdel|chpasswd)\b|\bdeluser\s+(-\S+\s+)*\S+\s*$|\bpasswd\s[^;&|]*-[lde]\b|\busermod\b[^;&|]*\s(-L|--lock|-e|--expiredate|-l|--login|-p|--password)\b|\bchage\b[^;&|]*\s-[EIM]\b"
    )]
    private static partial Regex ChangesAccount();

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
