using System.Globalization;
using System.Runtime.CompilerServices;

namespace Benchmarks;

/// <summary>256 MiB of a guest through a port that leads to it, and through one that is followed, against plain <c>ssh</c>; and what following costs a guest that does nothing.</summary>
internal sealed class ForwardBenchmark : IBenchmark
{
    private const int Port = 18080;
    private const int Followed = 18081;

    // The rule is one that Docker and CNI make of a container's published port.
    private const string Serve =
        "mkdir -p /srv/bench && head -c 256M /dev/urandom > /srv/bench/large"
        + " && systemd-run --quiet --unit bench python3 -m http.server 80 --directory /srv/bench"
        + " && iptables -t nat -A OUTPUT -p tcp -m tcp --dport 18081 -j DNAT --to-destination 127.0.0.1:80";

    // User, nice and system time in hundredths of a second, of all processors (proc_stat(5)).
    private const string Busy =
        "busy() { awk '/^cpu / { print $2 + $3 + $4 }' /proc/stat; }; sleep 15; a=$(busy); sleep 60; b=$(busy); echo $((b - a))";

    public string Id => "forward";

    public async IAsyncEnumerable<Row> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("containerhost-bench-").FullName;
        string[] host = ["--name", "bench", "--hosts-directory", Path.Combine(folder, "hosts")];
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var following = Task.CompletedTask;
        try
        {
            await Tool.BuildAsync(cancellationToken, ["CreateVm", .. host, "--forward", $"{Port}:80"]);
            await Tool.BuildAsync(cancellationToken, ["Shell", .. host, "--command", Serve]);
            var config = Path.Combine(folder, "ssh_config");
            var entry = await Tool.BuildAsync(cancellationToken, ["SshConfig", .. host]);
            await File.WriteAllTextAsync(config, entry.StandardOutput, cancellationToken);
            following = Tool.BuildAsync(ending.Token, ["Forward", .. host, "--forward", "auto"]);
            await FetchAsync(Followed, "--retry", "60", "--retry-delay", "1", "--retry-connrefused");

            foreach (
                var (what, port) in ((string, int)[])[("kept with its host", Port), ("that is followed", Followed)]
            )
            {
                var (forwarded, ssh) = await Measure.InTurnAsync(
                    3,
                    () => FetchAsync(port),
                    () => ShellAsync($"ssh -F '{config}' bench cat /srv/bench/large > /dev/null")
                );
                yield return Row.Ratio($"256 MiB by a port {what} against plain ssh", forwarded, ssh, "at most 1.10 x");
            }
            var busy = await BusyAsync();
            await ending.CancelAsync();
            await following.ContinueWith(_ => { }, TaskScheduler.Default);
            yield return Row.Difference(
                "the guest busy in a minute: followed against not",
                busy,
                await BusyAsync(),
                "at most 0.60 s"
            );
        }
        finally
        {
            await ending.CancelAsync();
            await following.ContinueWith(_ => { }, TaskScheduler.Default);
            await Tool.BuildAsync(CancellationToken.None, ["Destroy", .. host]);
            Directory.Delete(folder, recursive: true);
        }

        Task FetchAsync(int port, params string[] more) =>
            ShellAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"curl --silent --fail --noproxy '*' {string.Join(' ', more)} --output /dev/null http://127.0.0.1:{port}/large"
                )
            );

        async Task<TimeSpan> BusyAsync()
        {
            var told = await Tool.BuildAsync(cancellationToken, ["Shell", .. host, "--command", Busy]);
            return TimeSpan.FromMilliseconds(10 * int.Parse(told.StandardOutput, CultureInfo.InvariantCulture));
        }

        Task ShellAsync(string line) => Tool.RunAsync(cancellationToken, "sh", ["-c", line]);
    }
}
