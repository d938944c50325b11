using System.Text.RegularExpressions;

namespace ContainerHost.Processes;

/// <summary>
/// OpenSSH's SFTP server, which whoever speaks to it has a folder of this machine by, and nothing else: it is run in namespaces of its own by bubblewrap (bwrap(1)), whose
/// file system has that folder, the program and its libraries, without a network, other processes, capabilities or an environment.
/// </summary>
internal sealed partial record SftpServer(string Program, IReadOnlyList<string> Libraries)
{
    /// <summary>The folder as the client sees it.</summary>
    public const string Export = "/export";

    public const string Jail = "bwrap";

    // Debian, Fedora, Arch and Alpine, and a build of one's own.
    private static readonly string[] Places =
    [
        "/usr/lib/openssh/sftp-server",
        "/usr/libexec/openssh/sftp-server",
        "/usr/lib/ssh/sftp-server",
        "/usr/libexec/sftp-server",
    ];

    /// <summary>The one of this machine; null where there is none.</summary>
    public static async Task<SftpServer?> FindAsync(IProcessRunner processes, CancellationToken cancellationToken)
    {
        if (Places.FirstOrDefault(File.Exists) is not { } program)
            return null;
        var told = await processes.RunAsync(new Command("ldd", program), cancellationToken);
        // "libc.so.6 => /lib/.../libc.so.6 (0x...)", or the loader's path alone; one that is linked statically needs none.
        var libraries = Paths().Matches(told.StandardOutput).Select(match => match.Groups[1].Value);
        return new SftpServer(program, [.. libraries.Distinct()]);
    }

    /// <summary>A line of passwd(5) for a user and group: the server wants to know who it is.</summary>
    public static string PasswdLine(string uid, string gid) => $"guest:x:{uid}:{gid}::/:/nonexistent";

    /// <summary>The server of a folder, as words. The passwd line comes by a file descriptor; whose files are this user's seem to be that user's.</summary>
    public IReadOnlyList<string> Words(string folder, bool isReadOnly, string uid, string gid, int passwd) =>
        [
            .. Shut(uid, gid, passwd),
            isReadOnly ? "--ro-bind" : "--bind",
            folder,
            Export,
            // Afterwards nothing more is mounted; nobody writes to what is around the folder.
            "--remount-ro",
            "/",
            "--",
            Program,
            .. isReadOnly ? ["-R"] : Array.Empty<string>(),
            "-d",
            Export,
        ];

    /// <summary>A command that starts it as it will be shut in, and ends at once (sftp-server(8), -Q).</summary>
    public Command Probe =>
        new(Jail, [.. Shut("1000", "1000", passwd: 0).Skip(1), "--", Program, "-Q", "requests"])
        {
            StandardInput = PasswdLine("1000", "1000") + "\n",
        };

    private IEnumerable<string> Shut(string uid, string gid, int passwd) =>
        [
            Jail,
            // Which alone would go on without users of its own.
            "--unshare-user",
            "--unshare-all",
            "--die-with-parent",
            "--new-session",
            "--clearenv",
            "--cap-drop",
            "ALL",
            "--uid",
            uid,
            "--gid",
            gid,
            // It opens that first of all (sanitise_stdfd in OpenSSH's misc.c).
            "--dev-bind",
            "/dev/null",
            "/dev/null",
            "--ro-bind-data",
            $"{passwd}",
            "/etc/passwd",
            "--ro-bind",
            Program,
            Program,
            .. Libraries.SelectMany(library => new[] { "--ro-bind", library, library }),
        ];

    [GeneratedRegex(@"(?:=> |^\s*)(/\S+) \(0x", RegexOptions.Multiline)]
    private static partial Regex Paths();
}
