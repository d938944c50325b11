using System.Text.Json.Nodes;
using ContainerHost.Errors;
using ContainerHost.Processes;
using ContainerHost.Specification;

namespace ContainerHost.Guests.Debian;

/// <summary>What is asked of a Debian guest beside containers.</summary>
internal sealed class DebianGuest : IGuestSystem
{
    private const string Journal = "journalctl --no-pager --boot --unit containerd.service --unit docker.service";

    public string User => GuestFamily.Debian.User;

    public IRemoteDialect Dialect { get; } = new PosixDialect();

    public string DiagnosisLine =>
        "uname -a; cat /etc/os-release; systemctl --no-pager --failed; systemctl --no-pager list-units --type=service; dpkg-query --show";

    public IReadOnlyList<GuestLog> Logs { get; } =
    [
        new(
            "cloud-init",
            "tail -n 100 /var/log/cloud-init-output.log",
            Follow("tail -n 10 -F /var/log/cloud-init-output.log")
        ),
        new("runtime", $"{Journal} --lines 100", Follow($"{Journal} --lines 10 --follow")),
    ];

    public string ScriptFolder => "/var/lib/containerhost/scripts/";

    public Command RunScript(string path, string user) =>
        GuestScript.Load("Guests.Scripts.run-script.sh").ToCommand([path, user]);

    public Command ShellLine(string line) => new("sh", "-c", line);

    public async Task<string?> WaitForSetUpAsync(
        IGuestShell shell,
        string host,
        TimeSpan limit,
        CancellationToken cancellationToken
    )
    {
        // --wait makes one slow call of many. Its exit code is 0 when done, 1 on errors, and since cloud-init 23.4 also 2: done, with errors
        // that it recovered from (its documentation, "Return codes").
        var wait = new Command("cloud-init", "status", "--wait", "--long");
        var result = await shell.RunAsync(wait, limit, cancellationToken);
        if (result.ExitCode is 0 or 2 && result.StandardOutput.Contains("status: done", StringComparison.Ordinal))
            return await LostAsync(shell, cancellationToken)
                ?? (result.Succeeded ? null : Recovered(result.StandardOutput));
        var tail = new Command("tail", "-n", "20", "/var/log/cloud-init-output.log");
        var log = await shell.RunAsync(tail, cancellationToken);
        throw new ContainerHostException(
            "set the guest up with cloud-init",
            $"exit code {result.ExitCode}: {result.StandardOutput.Trim().TrimStart('.').Trim()}\n{result.StandardError.Trim()}\n{log.StandardOutput.Trim()}",
            "correct the answer file if you gave one; else look at /var/log/cloud-init.log with the target Shell.",
            host
        );
    }

    public async Task<IReadOnlyList<string>> GetAddressesAsync(IGuestShell shell, CancellationToken cancellationToken)
    {
        var command = new Command("ip", "-json", "-4", "address", "show", "scope", "global");
        var json = await AskAsync(shell, command, "read the guest's addresses", cancellationToken);
        return GuestScript.Read<IReadOnlyList<string>>(
            json,
            links =>
                [
                    .. (links as JsonArray ?? [])
                        .SelectMany(link => link?["addr_info"] as JsonArray ?? [])
                        .Select(address => address?["local"]?.GetValue<string>())
                        .OfType<string>()
                        .Where(UsableAddress.Is),
                ]
        );
    }

    /// <summary>Nothing: the medium has the password's hash only, and cloud-init looks for it at every boot.</summary>
    public Task ForgetAnswersAsync(IGuestShell shell, string host, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    public Task<string> GetConnectionsAsync(IGuestShell shell, CancellationToken cancellationToken)
    {
        // The address that our connection ends at, as the guest's kernel sees it.
        string[] words = ["--no-header", "--tcp", "--numeric", "state", "established", "sport", "=", ":22"];
        return AskAsync(shell, new Command("ss", words), "list the guest's connections", cancellationToken);
    }

    public Task<TimeSpan> TellClockAsync(IGuestShell shell, DateTimeOffset now, CancellationToken cancellationToken) =>
        shell.TellClockAsync("Guests.Scripts.tell-clock.sh", now, cancellationToken);

    public Task MoveClockAsync(IGuestShell shell, TimeSpan by, CancellationToken cancellationToken) =>
        shell.MoveClockAsync("Guests.Scripts.move-clock.sh", by, cancellationToken);

    public Task<string> GetBootIdAsync(IGuestShell shell, CancellationToken cancellationToken)
    {
        var command = new Command("cat", "/proc/sys/kernel/random/boot_id");
        return AskAsync(shell, command, "read the guest's boot id", cancellationToken);
    }

    public async Task<string> ProveNestedAsync(IGuestShell shell, CancellationToken cancellationToken)
    {
        await HeldKeys.HoldAsync(shell, cancellationToken);
        var script = GuestScript.Load("Guests.Scripts.prove-nested.py").ToCommand([]);
        return await AskAsync(shell, script, "run a virtual machine inside the guest", cancellationToken);
    }

    public Task<bool> PrepareForContainersAsync(
        IGuestShell shell,
        bool vmIsolation,
        CancellationToken cancellationToken
    ) => Task.FromResult(false);

    public async Task HandOverAsync(IGuestShell shell, HandedNetwork network, CancellationToken cancellationToken)
    {
        const string path = "/var/lib/containerhost/network.json";
        await network.PutAsync(shell, path, cancellationToken);
        const string attempted = "hand the proxy and authorities over to the guest";
        await shell.RunScriptAsync("Guests.Debian.hand-over.py", attempted, cancellationToken, path);
        shell.Renew();
    }

    public string? FilesScript => "Guests.Debian.files.py";

    public string? MountScript => "Guests.Debian.mount.sh";

    // As Debian's packages and the makers' own units have them.
    public EngineSocket? SocketOf(RuntimeKind runtime) =>
        runtime switch
        {
            RuntimeKind.Containerd => new EngineSocket("/run/containerd/containerd.sock", "containerd.service"),
            RuntimeKind.Docker => new EngineSocket("/run/docker.sock", "docker.service"),
            _ => null,
        };

    public Task OpenEngineAsync(IGuestShell shell, EngineSocket socket, CancellationToken cancellationToken)
    {
        const string attempted = "open the engine's socket to the guest's user";
        string[] words = [User, socket.Unit, socket.Path];
        return shell.RunScriptAsync("Guests.Debian.open-engine.sh", attempted, cancellationToken, words);
    }

    public async Task<string> GrowFileSystemAsync(IGuestShell shell, CancellationToken cancellationToken)
    {
        const string attempted = "have the guest's file system take the disk's new size";
        return (await shell.RunScriptAsync("Guests.Debian.grow.sh", attempted, cancellationToken)).Trim();
    }

    public string? DataDiskScript => "Guests.Debian.mount-data.sh";

    public async Task RequestRebootAsync(IGuestShell shell, CancellationToken cancellationToken)
    {
        var asked = await shell.RunAsync(new Command("systemctl", "--no-block", "reboot"), cancellationToken);
        // Killed by the reboot itself it has done its work.
        if (asked.ExitCode is > 0 and < 128)
            throw new ContainerHostException(
                "have the guest reboot",
                $"exit code {asked.ExitCode} in the guest\n{asked.LastLines(15)}",
                "look at the guest with the target Shell."
            );
    }

    // It passes over a part that it cannot read, and counts that as no error (cloud-init's util.load_yaml).
    private static async Task<string?> LostAsync(IGuestShell shell, CancellationToken cancellationToken)
    {
        string[] words = ["-m", "1", "Failed loading yaml blob", "/var/log/cloud-init.log"];
        var found = await shell.RunAsync(new Command("grep", words), cancellationToken);
        return found is { Succeeded: true, StandardOutput: not "" }
            ? $"it could not read a part of the answers, and passed over all of it: {found.StandardOutput.Trim()}"
            : null;
    }

    private static Command Follow(string line) =>
        new("sh", "-c", GuestScript.Load("Guests.Scripts.follow.sh").Text, "sh", line);

    private static string Recovered(string status) =>
        status.IndexOf("recoverable_errors:", StringComparison.Ordinal) is >= 0 and var at
            ? status[at..].Trim()
            : status;

    private static async Task<string> AskAsync(
        IGuestShell shell,
        Command command,
        string attempted,
        CancellationToken cancellationToken
    ) => (await shell.RunCheckedAsync(command, attempted, cancellationToken)).Trim();
}
