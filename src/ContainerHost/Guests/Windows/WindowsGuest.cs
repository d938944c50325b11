using System.Text.Json;
using ContainerHost.Errors;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Guests.Windows;

/// <summary>Windows Server as a guest; everything is asked by scripts that answer with JSON.</summary>
public sealed class WindowsGuest : IGuestSystem
{
    /// <inheritdoc/>
    public GuestFamily Family => GuestFamily.WindowsServer;

    /// <inheritdoc/>
    public string User => "Administrator";

    /// <inheritdoc/>
    public Command ShellLine(string line) => new GuestScript(GuestScript.PowerShell, line).ToCommand([]);

    /// <inheritdoc/>
    public async Task WaitForSetUpAsync(
        IGuestShell shell,
        string host,
        TimeSpan limit,
        CancellationToken cancellationToken
    )
    {
        // sshd answers a little before the first log-in's script has ended; the script itself waits for that.
        var said = await RunAsync(
            shell,
            "set-up-state.ps1",
            "see whether the guest is set up",
            limit,
            cancellationToken
        );
        var state = GuestScript.ReadAnswer<SetUpState>(said);
        if (!state.Ready)
            throw new ContainerHostException(
                "set the guest up",
                state.Error ?? "the first log-in's script left no mark in C:\\ProgramData\\ContainerHost",
                "look at it with the target Shell; C:\\Windows\\Panther has set-up's own logs.",
                host
            );
    }

    /// <inheritdoc/>
    public async Task ForgetAnswersAsync(IGuestShell shell, string host, CancellationToken cancellationToken)
    {
        var said = await RunAsync(
            shell,
            "forget-answers.ps1",
            "remove what is left of the answers",
            TimeLimits.GuestCommand,
            cancellationToken
        );
        var left = GuestScript.ReadAnswer<Remains>(said).Left;
        if (left.Count > 0)
            throw new ContainerHostException(
                "remove what is left of the answers, which have the password",
                string.Join('\n', left),
                "remove it with the target Shell, and change the password.",
                host
            );
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> GetAddressesAsync(IGuestShell shell, CancellationToken cancellationToken)
    {
        var said = await RunAsync(shell, "addresses.ps1", "read the guest's addresses", TimeLimits.GuestCommand, cancellationToken);
        return [.. GuestScript.ReadAnswer<Network>(said).Addresses.Where(UsableAddress.Is)];
    }

    /// <inheritdoc/>
    public async Task<string> GetConnectionsAsync(IGuestShell shell, CancellationToken cancellationToken)
    {
        var said = await RunAsync(shell, "addresses.ps1", "list the guest's connections", TimeLimits.GuestCommand, cancellationToken);
        return string.Join('\n', GuestScript.ReadAnswer<Network>(said).Connections);
    }

    /// <inheritdoc/>
    public async Task<string> GetBootIdAsync(IGuestShell shell, CancellationToken cancellationToken) =>
        (await RunAsync(shell, "boot-id.ps1", "read the guest's boot id", TimeLimits.GuestCommand, cancellationToken)).Trim();

    /// <inheritdoc/>
    public async Task<string> ProveNestedAsync(IGuestShell shell, CancellationToken cancellationToken) =>
        (
            await RunAsync(
                shell,
                "prove-nested.ps1",
                "run a virtual machine inside the guest",
                TimeLimits.GuestCommand,
                cancellationToken
            )
        ).Trim();

    /// <inheritdoc/>
    public async Task<bool> PrepareForContainersAsync(
        IGuestShell shell,
        bool vmIsolation,
        CancellationToken cancellationToken
    )
    {
        var said = await RunAsync(
            shell,
            "install-features.ps1",
            "turn on the guest's container features",
            TimeLimits.WindowsFeatures,
            cancellationToken,
            vmIsolation ? "Containers,Hyper-V,Hyper-V-PowerShell" : "Containers"
        );
        return GuestScript.ReadAnswer<Features>(said).RestartNeeded;
    }

    /// <inheritdoc/>
    public Task RequestRebootAsync(IGuestShell shell, CancellationToken cancellationToken) =>
        // A few seconds let the command end before its connection does.
        shell.RunCheckedAsync(
            new Command("shutdown.exe", "/r", "/t", "3", "/d", "p:2:4"),
            "reboot the guest",
            TimeLimits.GuestCommand,
            cancellationToken
        );

    private static async Task<string> RunAsync(
        IGuestShell shell,
        string script,
        string attempted,
        TimeSpan limit,
        CancellationToken cancellationToken,
        params IReadOnlyList<string> arguments
    )
    {
        var loaded = GuestScript.Load($"Guests.Windows.{script}");
        return (await shell.RunScriptAsync(loaded, attempted, limit, cancellationToken, arguments)).StandardOutput;
    }

    private sealed record SetUpState(bool Ready, string? Error);

    private sealed record Remains(IReadOnlyList<string> Left);

    private sealed record Network(IReadOnlyList<string> Addresses, IReadOnlyList<string> Connections);

    private sealed record Features(bool RestartNeeded);
}
