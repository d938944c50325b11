using ContainerHost.Guests;
using ContainerHost.Waiting;

namespace ContainerHost.Runtimes.Relay;

/// <summary>A way of a guest to its archives, open until it is disposed.</summary>
internal sealed class GuestRelay(ArchiveRelay relay, ArchiveFiles files, GuestPort? port, bool offline)
    : IAsyncDisposable
{
    private static readonly string[] Schemes = ["http", "https"];

    /// <summary>
    /// Settings for apt (apt.conf(5)) that lead it here whatever the guest's own say: all its proxies are cleared, a file may take longer to
    /// come than apt waits for one, and what is kept for runs offline may have expired. They have a secret.
    /// </summary>
    public string AptSettings
    {
        get
        {
            var address = relay.AddressAt(port?.Number ?? relay.Port);
            var lines = Schemes.SelectMany(scheme =>
                new[]
                {
                    $"#clear Acquire::{scheme}::Proxy;",
                    $"#clear Acquire::{scheme}::Proxy-Auto-Detect;",
                    $"#clear Acquire::{scheme}::ProxyAutoDetect;",
                    $"Acquire::{scheme}::Proxy \"{address}\";",
                    $"Acquire::{scheme}::Timeout \"{TimeLimits.DownloadStall.TotalSeconds * 20:0}\";",
                }
            );
            string[] others = ["Acquire::ForceIPv6 \"false\";", "Acquire::Retries \"3\";"];
            string[] kept = offline ? ["Acquire::Check-Valid-Until \"false\";"] : [];
            return string.Join('\n', [.. lines, .. others, .. kept, ""]);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // The port waits for the connections through it, which the relay's end ends.
        await relay.DisposeAsync();
        port?.Dispose();
        files.Dispose();
    }
}
