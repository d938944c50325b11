using System.Globalization;
using System.Runtime.CompilerServices;
using ContainerHost.Processes;

namespace Benchmarks;

/// <summary>A folder of this machine in a guest against the guest's own disk: a file of 256 MiB read to its end, and <c>git status</c> in a tree of 10,000 files.</summary>
internal sealed class MountBenchmark : IBenchmark
{
    private const string Drop = "sync; echo 3 > /proc/sys/vm/drop_caches";

    public string Id => "mount";

    public async IAsyncEnumerable<Row> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("containerhost-bench-").FullName;
        var share = Directory.CreateDirectory(Path.Combine(folder, "share")).FullName;
        string[] host = ["--name", "bench", "--hosts-directory", Path.Combine(folder, "hosts")];
        try
        {
            await FillAsync(share, cancellationToken);
            await Tool.BuildAsync(cancellationToken, ["CreateVm", .. host, "--mount", $"{share}:/work"]);
            // git comes by the guest's own network; the copy is what the mount is compared with.
            await ShellAsync("apt-get -qq update && apt-get -qq install --yes git >&2 && cp -a /work /root/local");
            yield return await CompareAsync(
                "256 MiB read through a mount against the guest's disk",
                "cat {0}/large > /dev/null"
            );
            yield return await CompareAsync(
                "git status of 10,000 files through a mount against the guest's disk",
                "git -c safe.directory=* -C {0}/tree status --porcelain >&2"
            );
        }
        finally
        {
            await Tool.BuildAsync(CancellationToken.None, ["Destroy", .. host]);
            Directory.Delete(folder, recursive: true);
        }

        async Task<Row> CompareAsync(string what, string command)
        {
            var (mounted, local) = await Measure.InTurnAsync(
                3,
                () => TimeAsync(command, "/work"),
                () => TimeAsync(command, "/root/local")
            );
            return Row.Ratio(what, mounted, local, "none yet");
        }

        // The guest's own clock, so that nothing of ours is measured.
        async Task<TimeSpan> TimeAsync(string command, string at)
        {
            var line = string.Format(CultureInfo.InvariantCulture, command, at);
            var told = await ShellAsync($"{Drop}; a=$(date +%s%N); {line}; b=$(date +%s%N); echo took=$((b-a))");
            var digits = told[(told.LastIndexOf("took=", StringComparison.Ordinal) + 5)..].TakeWhile(char.IsAsciiDigit);
            return TimeSpan.FromMicroseconds(double.Parse([.. digits], CultureInfo.InvariantCulture) / 1000);
        }

        async Task<string> ShellAsync(string command) =>
            (await Tool.BuildAsync(cancellationToken, ["Shell", .. host, "--command", command])).StandardOutput;
    }

    private static async Task FillAsync(string share, CancellationToken cancellationToken)
    {
        var block = new byte[1 << 20];
        await using (var large = File.Create(Path.Combine(share, "large")))
            for (var i = 0; i < 256; i++)
            {
                Random.Shared.NextBytes(block);
                await large.WriteAsync(block, cancellationToken);
            }
        var tree = Path.Combine(share, "tree");
        for (var i = 0; i < 10_000; i++)
        {
            var path = Path.Combine(tree, $"{i / 100}", $"{i}.txt");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, $"{i}\n", cancellationToken);
        }
        await Tool.RunInAsync(tree, cancellationToken, "git", "init", "--quiet");
        await Tool.RunInAsync(tree, cancellationToken, "git", "add", ".");
    }
}
