using ContainerHost.Errors;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Guests.Windows;

/// <summary>Windows Server as a guest; everything is asked by scripts that answer with JSON.</summary>
internal sealed class WindowsGuest : IGuestSystem
{
    public string User => GuestFamily.WindowsServer.User;

    public IRemoteDialect Dialect { get; } = new PowerShellDialect();

    public string DiagnosisLine =>
        "Get-CimInstance -ClassName Win32_OperatingSystem | Format-List -Property Caption, Version, OSArchitecture, LastBootUpTime; "
        + "Get-WindowsOptionalFeature -Online | Where-Object State -EQ Enabled | Select-Object -ExpandProperty FeatureName; "
        + "Get-Service | Format-Table -AutoSize -Property Name, Status, StartType; Get-HotFix | Format-Table -Property HotFixID, InstalledOn";

    public string ScriptFolder => @"C:\ProgramData\ContainerHost\Scripts\";

    // Whoever asks is the Administrator, the only user there is.
    public Command RunScript(string path, string user) =>
        new("powershell.exe", "-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-File", path);

    public Command ShellLine(string line) => new GuestScript(GuestScript.PowerShell, line).ToCommand([]);

    public async Task<string?> WaitForSetUpAsync(
        IGuestShell shell,
        string host,
        TimeSpan limit,
        CancellationToken cancellationToken
    )
    {
        // The guest answers before the first log-in's script has ended: sshd a little, PowerShell Direct long before. The script waits for that.
        const string attempted = "see whether the guest is set up";
        var seconds = Math.Max(1, (int)(limit * 0.9).TotalSeconds);
        var state = await AskAsync<SetUpState>(
            shell,
            "set-up-state.ps1",
            attempted,
            cancellationToken,
            limit,
            $"{seconds}"
        );
        if (!state.Ready)
            throw new ContainerHostException(
                "set the guest up",
                state.Error ?? "the first log-in's script left no mark in C:\\ProgramData\\ContainerHost",
                "look at it with the target Shell; C:\\Windows\\Panther has set-up's own logs.",
                host
            );
        return null;
    }

    public async Task ForgetAnswersAsync(IGuestShell shell, string host, CancellationToken cancellationToken)
    {
        const string attempted = "remove what is left of the answers";
        var left = (await AskAsync<Remains>(shell, "forget-answers.ps1", attempted, cancellationToken)).Left;
        if (left.Count > 0)
            throw new ContainerHostException(
                "remove what is left of the answers, which have the password",
                string.Join('\n', left),
                "remove it with the target Shell, and change the password.",
                host
            );
    }

    public async Task<IReadOnlyList<string>> GetAddressesAsync(IGuestShell shell, CancellationToken cancellationToken)
    {
        const string attempted = "read the guest's addresses";
        var network = await AskAsync<Network>(shell, "addresses.ps1", attempted, cancellationToken);
        return [.. network.Addresses.Where(UsableAddress.Is)];
    }

    public async Task<string> GetConnectionsAsync(IGuestShell shell, CancellationToken cancellationToken)
    {
        const string attempted = "list the guest's connections";
        var network = await AskAsync<Network>(shell, "addresses.ps1", attempted, cancellationToken);
        return string.Join('\n', network.Connections);
    }

    // Windows keeps its log in no file, and Get-WinEvent shows what there is and ends.
    public IReadOnlyList<GuestLog> Logs { get; } =
    [
        new(
            "events",
            "Get-WinEvent -LogName System -MaxEvents 100 | Sort-Object TimeCreated | Format-Table -AutoSize -Wrap TimeCreated, ProviderName, LevelDisplayName, Message"
        ),
    ];

    public Task<TimeSpan> TellClockAsync(IGuestShell shell, DateTimeOffset now, CancellationToken cancellationToken) =>
        shell.TellClockAsync("Guests.Windows.tell-clock.ps1", now, cancellationToken);

    public Task MoveClockAsync(IGuestShell shell, TimeSpan by, CancellationToken cancellationToken) =>
        shell.MoveClockAsync("Guests.Windows.move-clock.ps1", by, cancellationToken);

    public async Task<string> DescribeLicenseAsync(IGuestShell shell, CancellationToken cancellationToken)
    {
        const string attempted = "read the guest's licence";
        var license = await AskAsync<License>(shell, "license.ps1", attempted, cancellationToken);
        return !license.Evaluation ? ""
            : license.Days > 0 ? $"an evaluation of Windows, {license.Days} days left"
            : "an evaluation of Windows that has ended or was never activated: it shuts down every hour";
    }

    public async Task<string> GetBootIdAsync(IGuestShell shell, CancellationToken cancellationToken)
    {
        const string attempted = "read the guest's boot id";
        return (await shell.RunScriptAsync("Guests.Windows.boot-id.ps1", attempted, cancellationToken)).Trim();
    }

    public async Task<string> ProveNestedAsync(IGuestShell shell, CancellationToken cancellationToken)
    {
        const string attempted = "run a virtual machine inside the guest";
        return (await shell.RunScriptAsync("Guests.Windows.prove-nested.ps1", attempted, cancellationToken)).Trim();
    }

    public async Task<bool> PrepareForContainersAsync(
        IGuestShell shell,
        bool vmIsolation,
        CancellationToken cancellationToken
    )
    {
        var features = await AskAsync<Features>(
            shell,
            "install-features.ps1",
            "turn on the guest's container features",
            cancellationToken,
            TimeLimits.WindowsFeatures,
            vmIsolation ? "Containers,Microsoft-Hyper-V,Microsoft-Hyper-V-Management-PowerShell" : "Containers"
        );
        return features.RestartNeeded;
    }

    public async Task HandOverAsync(IGuestShell shell, HandedNetwork network, CancellationToken cancellationToken)
    {
        const string path = @"C:\ProgramData\ContainerHost\network.json";
        await network.PutAsync(shell, path, cancellationToken);
        const string attempted = "hand the proxy and authorities over to the guest";
        await shell.RunScriptAsync("Guests.Windows.hand-over.ps1", attempted, cancellationToken, path);
    }

    public string? FilesScript => null;

    public string? MountScript => null;

    // Docker and containerd listen on named pipes there; ssh:// needs neither, since "docker system dial-stdio" runs in the guest.
    public EngineSocket? SocketOf(RuntimeKind runtime) => null;

    /// <summary>Nothing: whoever logs in is an administrator there.</summary>
    public Task OpenEngineAsync(IGuestShell shell, EngineSocket socket, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    public async Task<string> GrowFileSystemAsync(IGuestShell shell, CancellationToken cancellationToken)
    {
        const string attempted = "have the guest's volume take the disk's new size";
        return (await shell.RunScriptAsync("Guests.Windows.grow.ps1", attempted, cancellationToken)).Trim();
    }

    public Task RequestRebootAsync(IGuestShell shell, CancellationToken cancellationToken)
    {
        // A few seconds let the command end before its connection does.
        var command = new Command("shutdown.exe", "/r", "/t", "3", "/d", "p:2:4");
        return shell.RunCheckedAsync(command, "reboot the guest", cancellationToken);
    }

    private static async Task<T> AskAsync<T>(
        IGuestShell shell,
        string script,
        string attempted,
        CancellationToken cancellationToken,
        TimeSpan? limit = null,
        params IReadOnlyList<string> arguments
    )
    {
        var name = $"Guests.Windows.{script}";
        var most = limit ?? TimeLimits.GuestCommand;
        var said = await shell.RunScriptAsync(name, attempted, most, cancellationToken, arguments);
        return GuestScript.ReadAnswer<T>(said);
    }

    private sealed record SetUpState(bool Ready, string? Error);

    private sealed record License(bool Evaluation, int Status, int Days);

    private sealed record Remains(IReadOnlyList<string> Left);

    private sealed record Network(IReadOnlyList<string> Addresses, IReadOnlyList<string> Connections);

    private sealed record Features(bool RestartNeeded);
}
