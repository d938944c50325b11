using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Guests;
using ContainerHost.Hosts.Reach;
using ContainerHost.Processes;
using ContainerHost.Runtimes;
using ContainerHost.Runtimes.Packages;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Hosts.Mounts;

/// <summary>
/// A folder of this machine in a guest: an SFTP server that has nothing but that folder, and sshfs in the guest at the other end of an ssh of ours, which is there for as
/// long as the mount is (ADR 38).
/// </summary>
internal sealed class MountedFolder(HostServices services, HostFolder folder, Guid mark, FolderMount mount)
{
    private const int Passwd = 9; // As join.sh has it.
    private const string Ended = "the connection ended";

    // What changes here is seen there after two seconds at most; sshfs alone would have it 20.
    private const string Options = "allow_other,default_permissions,dcache_timeout=2";

    private readonly Poll _poll = new(services.Time) { Interval = TimeSpan.FromMilliseconds(100) };
    private readonly string _id = Fingerprint.OfText($"{mount}");

    private OwnedSsh Ssh => new(services, folder, Name);

    // What the guest's kernel lists it by.
    private string Source => $"containerhost-{_id}";

    private string Log => folder.MountLog(_id);

    /// <summary>The name that its ssh is given.</summary>
    public string Name => $"{PrefixOf(mark)}{_id}";

    /// <summary>What the names of all of a host begin with.</summary>
    public static string PrefixOf(Guid mark) => $"{OwnedSsh.NameOf(mark)}-mount-";

    public bool Runs => Ssh.Find() is not null;

    /// <summary>Why it is not there, as far as can be told from here.</summary>
    public string Why =>
        LastLogged is { Length: > 0 } said ? said
        // Whoever looks at a folder of a server that is gone may wait for good.
        : Task.Run(mount.FindProblem) is var look && look.Wait(TimeLimits.FolderLook) ? look.Result ?? Ended
        : "the folder does not answer";

    private string LastLogged
    {
        get
        {
            try
            {
                var line = SafeText.ForLog(File.ReadAllText(Log)).Trim().Split('\n')[^1];
                return line[..Math.Min(line.Length, 300)];
            }
            // Nothing has begun, or it was taken away.
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                return "";
            }
        }
    }

    /// <summary>Has the guest see it, unless it does; what it was before it was lost, it is again.</summary>
    public async Task EnsureAsync(
        SftpServer server,
        IGuestSystem system,
        IGuestShell shell,
        SshEntry entry,
        CancellationToken cancellationToken
    )
    {
        if (Runs && await IsThereAsync(system, shell, cancellationToken))
            return;
        if (mount.FindProblem() is { } problem)
            throw Failed(problem, "put it back, or take it away: Unmount.");
        // Nobody else is to wait for that.
        await InstallAsync(system, shell, cancellationToken);
        using var held = await Ssh.HoldAsync(cancellationToken);
        if (Runs && await IsThereAsync(system, shell, cancellationToken))
            return;
        // What the last one logged goes with it, so that it is not taken for what this one says.
        await EndAsync(cancellationToken);
        var told = await PrepareAsync(system, shell, cancellationToken);
        await StartAsync(server, told, entry, cancellationToken);
        var wait = new Wait("the guest sees the folder", TimeLimits.Mount, $"read {Log}.");
        var ran = false;
        if (!await _poll.UntilAsync(wait, LookAsync, cancellationToken))
            throw Failed(Why, $"look at the guest: './build.sh Shell --name {folder.Name}'; {Log} has what was said.");

        async Task<Look<bool>> LookAsync(CancellationToken token)
        {
            if (await IsThereAsync(system, shell, token))
                return Looks.Found(true);
            // Until it has become ssh it is not found.
            var runs = Runs;
            if (!runs && (ran || LastLogged.Length > 0))
                return Looks.Found(false);
            ran |= runs;
            return Looks.NotYet<bool>(runs ? "its guest's end is not there yet" : "it has not begun");
        }
    }

    /// <summary>Takes it from the guest, which writes out first what it has not yet, and ends what served it, whatever the guest does or says.</summary>
    public async Task TakeAsync(IGuestSystem system, IGuestShell shell, CancellationToken cancellationToken)
    {
        try
        {
            var ended = await shell.RunAsync(Script(system, "end"), TimeLimits.Mount, cancellationToken);
            if (!ended.Succeeded)
                Warn(ended.LastLines(5));
        }
        catch (ContainerHostException refused)
        {
            Warn(refused.Saw);
        }
        finally
        {
            await EndAsync(CancellationToken.None);
        }

        void Warn(string problem) =>
            services.Log.Warning(
                "{Host} is served {Folder} no more, and did not take {Path} away by itself: {Problem}",
                folder.Name,
                mount.Folder,
                mount.GuestPath,
                problem
            );
    }

    /// <summary>Has the guest forget one that nothing serves any more.</summary>
    public Task ForgetAsync(IGuestSystem system, IGuestShell shell, CancellationToken cancellationToken) =>
        shell.RunAsync(Script(system, "forget"), TimeLimits.Mount, cancellationToken);

    /// <summary>Ends what serves it; the guest's end goes with it.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        await Ssh.EndAsync(cancellationToken);
        File.Delete(Log);
    }

    private async Task<bool> IsThereAsync(
        IGuestSystem system,
        IGuestShell shell,
        CancellationToken cancellationToken
    ) => (await shell.RunAsync(Script(system, "there"), cancellationToken)).Succeeded;

    private async Task InstallAsync(IGuestSystem system, IGuestShell shell, CancellationToken cancellationToken)
    {
        if ((await shell.RunAsync(Script(system, "ready"), cancellationToken)).Succeeded)
            return;
        var sources = new RuntimeSources
        {
            Artifacts = services.Artifacts,
            Relays = services.Relays,
            Releases = services.Releases,
            Progress = services.Progress,
        };
        services.Log.Information("{Host}: sshfs is installed in the guest, by which it has folders", folder.Name);
        var packages = new DebianPackages(shell, sources, ["sshfs"], services.Time, services.Log);
        await packages.InstallAsync(cancellationToken);
    }

    private async Task<string[]> PrepareAsync(
        IGuestSystem system,
        IGuestShell shell,
        CancellationToken cancellationToken
    )
    {
        var result = await shell.RunAsync(Script(system, "prepare"), cancellationToken);
        return
            result.Succeeded
            && result.StandardOutput.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is { Length: 3 } told
            ? told
            : throw Failed(
                $"exit code {result.ExitCode} in the guest\n{result.LastLines(5)}",
                "take another path of the guest's."
            );
    }

    // It may say anything: it is only handed back to it, or is a number.
    private async Task StartAsync(SftpServer server, string[] told, SshEntry entry, CancellationToken cancellationToken)
    {
        var (uid, gid) = (IdOf(told[0]), IdOf(told[1]));
        var options = $"{told[2]},{Options},fsname={Source}{(mount.IsReadOnly ? ",ro" : "")}";
        string[] sshfs = ["sudo", "-n", "--", "sshfs", $":{SftpServer.Export}", mount.GuestPath, "-o", options];
        var serve = server.Words(mount.Folder, mount.IsReadOnly, uid, gid, Passwd);
        await services.Processes.RunCheckedAsync(
            new Command(
                "setsid",
                [
                    "--fork",
                    "bash",
                    "-c",
                    EmbeddedText.Load("Hosts.Mounts.join.sh"),
                    "join.sh",
                    Log,
                    SftpServer.PasswdLine(uid, gid),
                    $"{serve.Count}",
                    .. serve,
                    .. OwnedSsh.Words(entry),
                    "-T",
                    Name,
                    PosixShell.Quote(sshfs),
                ]
            )
            {
                // It lives longer than the folder that the build was started in may.
                WorkingDirectory = folder.Path,
            },
            $"mount {mount.Folder}",
            "see that setsid (util-linux) and bash are there.",
            cancellationToken,
            folder.Name
        );
    }

    private string IdOf(string told) =>
        uint.TryParse(told, out var id) && id < uint.MaxValue
            ? $"{id}"
            : throw Failed("the guest's user has no number in its answer", "look at the guest with the target Shell.");

    private Command Script(IGuestSystem system, string action) =>
        GuestScript.Load(system.MountScript!).ToCommand([action, mount.GuestPath, Source, system.User]);

    private ContainerHostException Failed(string saw, string tryThis) =>
        new($"mount {mount.Folder} at {mount.GuestPath} of the guest", saw, tryThis, folder.Name);
}
