using System.Text;
using ContainerHost.Specification;

namespace ContainerHost.Hosts.Life;

/// <summary>The text of a unit of systemd that starts a host with this machine and shuts it down with it: a pure function (systemd.service(5)).</summary>
internal sealed record SystemdUnit(HostName Host, string Folder, string Build)
{
    /// <summary>The file's name.</summary>
    public string Name => $"containerhost-{Host}.service";

    /// <summary>Its first line, by which it is known as ours and as that of this very host.</summary>
    public string Mark => $"# ContainerHost wrote this for the host in {Quote(Folder)}";

    /// <summary>What the build is told behind the host's name.</summary>
    public required IReadOnlyList<string> Options { get; init; }

    /// <summary>The longest that the guest may take to shut down, the build's own start included.</summary>
    public required TimeSpan Stop { get; init; }

    /// <summary>True for a unit of the user's own manager, which knows nothing of the network (systemd.special(7), user units).</summary>
    public required bool IsUsers { get; init; }

    /// <summary>What has it started: the state that each manager boots to.</summary>
    public string Target => IsUsers ? "default.target" : "multi-user.target";

    public override string ToString() =>
        string.Join(
            '\n',
            [
                Mark,
                "# Autostart --off and Destroy take it away.",
                "",
                "[Unit]",
                $"Description=The container host {Host}",
                // A port of it may be on an address that comes late.
                .. IsUsers ? Array.Empty<string>() : ["Wants=network-online.target", "After=network-online.target"],
                "",
                "[Service]",
                "Type=oneshot",
                "RemainAfterExit=yes",
                $"WorkingDirectory={Path.GetDirectoryName(Build)!.Replace("%", "%%", StringComparison.Ordinal)}",
                $"ExecStart=/bin/sh {Words("Start")}",
                $"ExecStop=/bin/sh {Words("Stop")}",
                $"TimeoutStopSec={Stop.TotalSeconds:0}",
                "# The switch of a private network that starts with this host is other hosts', too.",
                "KillMode=process",
                "",
                "[Install]",
                $"WantedBy={Target}",
                "",
            ]
        );

    private string Words(string target) =>
        string.Join(' ', ((string[])[Build, target, "--name", Host.Value, .. Options]).Select(Quote));

    // systemd.syntax(7) and systemd.service(5): escapes as in C, specifiers and variables doubled.
    private static string Quote(string word)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in word)
            _ = c switch
            {
                '\\' or '"' => quoted.Append('\\').Append(c),
                '%' or '$' => quoted.Append(c).Append(c),
                _ when char.IsControl(c) => quoted.Append($"\\x{(int)c:x2}"),
                _ => quoted.Append(c),
            };
        return quoted.Append('"').ToString();
    }
}
