using System.Text;

namespace ContainerHost.AnswerFiles.CloudInit;

/// <summary>Finds in a user's data what would keep us out of the guest, as far as reading can: access for one user over SSH at port 22, to the end of the boot.</summary>
internal sealed class Lockout(string user)
{
    private static readonly string[] NeededModules = ["users_groups", "ssh"];

    private readonly ShellLockout _shell = new(user);
    private readonly SshdLockout _sshd = new(user);

    /// <summary>What a cloud-config says against it, each as the end of a sentence about the file.</summary>
    public IEnumerable<string> Of(Dictionary<object, object?> config)
    {
        // "false" is no condition that is met, and nothing at all is no change (cc_power_state_change.py).
        if (
            config.GetValueOrDefault("power_state") is Dictionary<object, object?> power
            && Text(power.GetValueOrDefault("condition"))?.ToUpperInvariant() is not ("FALSE" or "NO" or "OFF")
        )
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
            // The path as the guest's kernel walks it.
            var path = Path.GetFullPath(Text(file.GetValueOrDefault("path")) ?? "/", "/").Replace('\\', '/');
            foreach (var problem in OfFile(path, Content(file)))
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
    public IEnumerable<string> OfScript(string script) => _shell.Of(script);

    private IEnumerable<string> OfFile(string path, string content) =>
        path.StartsWith("/etc/ssh/sshd_config", StringComparison.Ordinal) ? _sshd.OfFile(content)
        : path.StartsWith("/etc/ssh/ssh_host_", StringComparison.Ordinal)
            ? [$"writes '{path}': the guest's host key comes from ContainerHost; remove it"]
        : path.StartsWith($"/home/{user}/.ssh/", StringComparison.Ordinal)
            ? [$"writes '{path}', which says who may log in as '{user}'; add keys under 'users' of another name"]
        : path.Contains("/ssh.socket", StringComparison.Ordinal)
        && content.Contains("ListenStream", StringComparison.Ordinal)
            ? [$"writes '{path}', which moves the SSH server from port 22; remove it"]
        : [];

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
}
