using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using ContainerHost.Processes;

namespace Benchmarks;

/// <summary>From nothing to a verified host, and to a second one beside it, against this project before the runtime was in the image.</summary>
internal sealed class ColdBenchmark : IBenchmark
{
    private const string Before = "88f043f";

    public string Id => "cold";

    public async IAsyncEnumerable<Row> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("containerhost-bench-").FullName;
        try
        {
            var ours = await SideAsync(folder, "HEAD", cancellationToken);
            var before = await SideAsync(folder, Before, cancellationToken);
            yield return Row.Ratio($"nothing to verified against {Before}", ours.First, before.First, "at most 0.6 x");
            yield return Row.Ratio(
                $"a second host, verified, against {Before}",
                ours.Second,
                before.Second,
                "at most 0.5 x"
            );
            yield return Row.Ratio(
                $"its InstallContainers against {Before}",
                ours.Install,
                before.Install,
                "at most 3 s"
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The build itself is compiled before, with a cache of its own that has nothing yet.</summary>
    private static async Task<Times> SideAsync(string folder, string commit, CancellationToken cancellationToken)
    {
        var clone = Path.Combine(folder, commit);
        await Tool.RunAsync(cancellationToken, "git", "clone", "--quiet", "--no-checkout", Tool.Root, clone);
        await Tool.RunInAsync(clone, cancellationToken, "git", "checkout", "--quiet", commit);
        Task BuildAsync(CancellationToken token, params IReadOnlyList<string> arguments) =>
            new ProcessRunner().RunCheckedAsync(
                new Command(Path.Combine(clone, "build.sh"), arguments)
                {
                    WorkingDirectory = clone,
                    Environment = new Dictionary<string, string?>
                    {
                        ["XDG_CACHE_HOME"] = Path.Combine(folder, $"cache-{commit}"),
                    },
                },
                $"measure {commit}",
                "run it by hand.",
                token
            );
        await BuildAsync(cancellationToken, "--help");
        try
        {
            var first = await Measure.OnceAsync(() => BuildAsync(cancellationToken, "Verify", "--install-prereqs"));
            var second = await Measure.OnceAsync(() => BuildAsync(cancellationToken, "Verify", "--name", "second"));
            return new Times(first, second, InstallOf(clone));
        }
        finally
        {
            await BuildAsync(CancellationToken.None, "Destroy");
            await BuildAsync(CancellationToken.None, "Destroy", "--name", "second");
        }
    }

    private static TimeSpan InstallOf(string clone)
    {
        var report = Path.Combine(clone, "artifacts", "hosts", "second", "verification.json");
        var steps = JsonNode.Parse(File.ReadAllText(report))!["timeline"]!.AsArray();
        var install = steps.Single(step => (string)step!["name"]! == "InstallContainers")!;
        return TimeSpan.FromMilliseconds((long)install["durationMs"]!);
    }

    private sealed record Times(TimeSpan First, TimeSpan Second, TimeSpan Install);
}
