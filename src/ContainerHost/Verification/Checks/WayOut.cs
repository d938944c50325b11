using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ContainerHost.Guests;
using ContainerHost.Processes;
using ContainerHost.Specification;

namespace ContainerHost.Verification.Checks;

/// <summary>Which network the guest has; where it is to have no way out, that is tried.</summary>
internal static class WayOut
{
    /// <summary>This machine, as a guest of QEMU's user network sees it (QEMU's documentation, "Using the user mode network stack").</summary>
    private const string ThisMachine = "10.0.2.2";

    /// <summary>One line of evidence.</summary>
    public static async Task<string> DescribeAsync(CheckContext context, CancellationToken cancellationToken)
    {
        if (context.Spec.Network != GuestNetwork.Restricted)
            return $"network: {context.Spec.Network}";
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        // What is dropped is never answered.
        string[] words = ["8", "bash", "-c", "echo trying; exec 3<>\"/dev/tcp/$0/$1\"", ThisMachine, port];
        var tried = await context.Shell.RunAsync(new Command("timeout", words), cancellationToken);
        var seen = $"{ThisMachine}:{port}, exit code {tried.ExitCode}: {tried.StandardError}";
        // 1 is bash's for a connection that failed, 124 timeout's for one that nobody answered.
        Evidence.Require(
            tried.ExitCode != 0,
            "The guest reaches this machine, although its network is Restricted.",
            seen
        );
        Evidence.Require(
            tried.ExitCode is 1 or 124 && tried.StandardOutput.Trim() == "trying",
            "Whether the guest reaches this machine could not be tried.",
            seen
        );
        return $"network: {context.Spec.Network}: a port that this machine listens on could not be reached from the guest";
    }
}
