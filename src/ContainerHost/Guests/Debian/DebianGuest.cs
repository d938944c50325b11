using System.Text.Json;
using ContainerHost.Errors;
using ContainerHost.Processes;
using ContainerHost.Waiting;

namespace ContainerHost.Guests.Debian;

/// <summary>What is asked of a Debian guest beside containers.</summary>
public static class DebianGuest
{
    private static readonly TimeSpan Short = TimeSpan.FromMinutes(2);

    /// <summary>Waits until cloud-init has set the guest up; an error of cloud-init's ends the wait with what it logged.</summary>
    public static async Task WaitForSetUpAsync(
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
            Short,
            cancellationToken
        );
        throw new ContainerHostException(
            "set the guest up with cloud-init",
            $"{result.StandardOutput.Trim()}\n{log.StandardOutput.Trim()}",
            "correct the answer file if you gave one; else look at /var/log/cloud-init.log with the target Shell.",
            host
        );
    }

    /// <summary>The guest's IPv4 addresses, loopback and link-local (169.254/16) ones left out.</summary>
    public static async Task<IReadOnlyList<string>> GetAddressesAsync(
        IGuestShell shell,
        CancellationToken cancellationToken
    )
    {
        var command = new Command("ip", "-json", "-4", "address", "show", "scope", "global");
        var result = await shell.RunCheckedAsync(command, "read the guest's addresses", Short, cancellationToken);
        return IpAddresses.Parse(result.StandardOutput);
    }

    /// <summary>The kernel's boot id: the same for all that shares a kernel, another after each boot.</summary>
    public static async Task<string> GetBootIdAsync(IGuestShell shell, CancellationToken cancellationToken)
    {
        var command = new Command("cat", "/proc/sys/kernel/random/boot_id");
        return (
            await shell.RunCheckedAsync(command, "read the guest's boot id", Short, cancellationToken)
        ).StandardOutput.Trim();
    }

    /// <summary>Runs a tiny virtual machine through /dev/kvm in the guest, and returns the evidence: a sentence with vendor and device.</summary>
    /// <exception cref="ContainerHostException">No virtual machine runs there; the error has the reason.</exception>
    public static async Task<string> ProveNestedAsync(IGuestShell shell, CancellationToken cancellationToken)
    {
        var script = GuestScript.Load("Guests.Scripts.prove-nested.py");
        var result = await shell.RunScriptAsync(
            script,
            "run a virtual machine inside the guest",
            Short,
            cancellationToken
        );
        return result.StandardOutput.Trim();
    }

    /// <summary>Asks the guest to reboot, and returns a shell of the new boot.</summary>
    public static async Task<IGuestShell> RebootAsync(
        IGuestShell shell,
        Func<CancellationToken, Task<IGuestShell>> connect,
        Wait wait,
        Poll poll,
        CancellationToken cancellationToken
    )
    {
        var before = await GetBootIdAsync(shell, cancellationToken);
        await shell.RunAsync(new Command("systemctl", "--no-block", "reboot"), Short, cancellationToken);
        await shell.DisposeAsync();
        return await poll.UntilAsync(wait, token => LookForNewBootAsync(before, connect, token), cancellationToken);
    }

    private static async Task<Look<IGuestShell>> LookForNewBootAsync(
        string before,
        Func<CancellationToken, Task<IGuestShell>> connect,
        CancellationToken cancellationToken
    )
    {
        IGuestShell? shell = null;
        try
        {
            shell = await connect(cancellationToken);
            if (await GetBootIdAsync(shell, cancellationToken) != before)
                return Looks.Found(shell);
            await shell.DisposeAsync();
            return Looks.NotYet<IGuestShell>("it still answers from the old boot");
        }
        catch (ContainerHostException exception)
        {
            if (shell is not null)
                await shell.DisposeAsync();
            return Looks.NotYet<IGuestShell>(exception.Saw);
        }
    }
}
