using System.Text.Json.Nodes;
using ContainerHost.Errors;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Guests.Debian;

/// <summary>What is asked of a Debian guest beside containers.</summary>
public sealed class DebianGuest : IGuestSystem
{
    /// <inheritdoc/>
    public GuestFamily Family => GuestFamily.Debian;

    /// <inheritdoc/>
    public string User => "admin";

    /// <inheritdoc/>
    public Command ShellLine(string line) => new("sh", "-c", line);

    /// <inheritdoc/>
    public async Task WaitForSetUpAsync(
        IGuestShell shell,
        string host,
        TimeSpan limit,
        CancellationToken cancellationToken
    )
    {
        // --wait makes one slow call of many; its exit code is 0 when done, 1 on errors (cloud-init 22.4).
        var result = await shell.RunAsync(
            new Command("cloud-init", "status", "--wait", "--long"),
            limit,
            cancellationToken
        );
        if (result.Succeeded && result.StandardOutput.Contains("status: done", StringComparison.Ordinal))
            return;
        var log = await shell.RunAsync(
            new Command("tail", "-n", "20", "/var/log/cloud-init-output.log"),
            TimeLimits.GuestAnswer,
            cancellationToken
        );
        throw new ContainerHostException(
            "set the guest up with cloud-init",
            $"{result.StandardOutput.Trim()}\n{log.StandardOutput.Trim()}",
            "correct the answer file if you gave one; else look at /var/log/cloud-init.log with the target Shell.",
            host
        );
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> GetAddressesAsync(IGuestShell shell, CancellationToken cancellationToken)
    {
        var command = new Command("ip", "-json", "-4", "address", "show", "scope", "global");
        var result = await shell.RunCheckedAsync(command, "read the guest's addresses", TimeLimits.GuestAnswer, cancellationToken);
        return ReadAddresses(result.StandardOutput);
    }

    /// <summary>Nothing: the medium has the password's hash only, and cloud-init looks for it at every boot.</summary>
    public Task ForgetAnswersAsync(IGuestShell shell, string host, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    /// <inheritdoc/>
    public async Task<string> GetConnectionsAsync(IGuestShell shell, CancellationToken cancellationToken)
    {
        // The address that our connection ends at, as the guest's kernel sees it.
        var command = new Command(
            "ss",
            "--no-header",
            "--tcp",
            "--numeric",
            "state",
            "established",
            "sport",
            "=",
            ":22"
        );
        return (
            await shell.RunCheckedAsync(command, "list the guest's connections", TimeLimits.GuestAnswer, cancellationToken)
        ).StandardOutput.Trim();
    }

    /// <inheritdoc/>
    public async Task<string> GetBootIdAsync(IGuestShell shell, CancellationToken cancellationToken)
    {
        var command = new Command("cat", "/proc/sys/kernel/random/boot_id");
        return (
            await shell.RunCheckedAsync(command, "read the guest's boot id", TimeLimits.GuestAnswer, cancellationToken)
        ).StandardOutput.Trim();
    }

    /// <inheritdoc/>
    public async Task<string> ProveNestedAsync(IGuestShell shell, CancellationToken cancellationToken)
    {
        var script = GuestScript.Load("Guests.Scripts.prove-nested.py");
        var result = await shell.RunScriptAsync(
            script,
            "run a virtual machine inside the guest",
            TimeLimits.GuestAnswer,
            cancellationToken
        );
        return result.StandardOutput.Trim();
    }

    /// <inheritdoc/>
    public Task<bool> PrepareForContainersAsync(
        IGuestShell shell,
        bool vmIsolation,
        CancellationToken cancellationToken
    ) => Task.FromResult(false);

    /// <inheritdoc/>
    public Task RequestRebootAsync(IGuestShell shell, CancellationToken cancellationToken) =>
        shell.RunAsync(new Command("systemctl", "--no-block", "reboot"), TimeLimits.GuestAnswer, cancellationToken);

    // What "ip -json address" prints.
    private static IReadOnlyList<string> ReadAddresses(string json) =>
        [
            .. (JsonNode.Parse(json) as JsonArray ?? [])
                .SelectMany(link => link?["addr_info"] as JsonArray ?? [])
                .Select(address => address?["local"]?.GetValue<string>())
                .OfType<string>()
                .Where(UsableAddress.Is),
        ];
}
