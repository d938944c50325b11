using System.Text.RegularExpressions;

namespace ContainerHost.AnswerFiles.CloudInit;

/// <summary>Finds in shell commands what would keep a user out of the guest, or end the boot that is waited for.</summary>
internal sealed partial class ShellLockout(string user)
{
    private readonly SshdLockout _sshd = new(user);

    /// <summary>What a script says against it, each as the end of a sentence about the file.</summary>
    public IEnumerable<string> Of(string script)
    {
        var lines = script.Split('\n').Where(line => !line.TrimStart().StartsWith('#')).ToList();
        // The rest of the line may have a password in it.
        if (lines.Select(line => EndsTheBoot().Match(line)).FirstOrDefault(match => match.Success) is { } ending)
            yield return $"has the command '{ending.Value.Trim()}', which ends the boot that CreateVm waits for; remove it";
        if (lines.Exists(line => RemovesHostKeys().IsMatch(line)))
            yield return "deletes the guest's SSH host keys, by which it is known; remove that";
        if (lines.Exists(line => StopsSsh().IsMatch(line)))
            yield return "stops the SSH server, by which the guest is reached; remove that";
        if (lines.Exists(line => ChangesAccount().IsMatch(line) && SshdLockout.Mentions(line, user)))
            yield return $"changes the account '{user}', which is the one that ContainerHost logs in with; remove that";
        if (script.Contains("sshd_config", StringComparison.Ordinal))
        {
            foreach (var problem in _sshd.OfScript(lines))
                yield return problem;
        }
    }

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
}
