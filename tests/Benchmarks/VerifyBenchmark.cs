using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using ContainerHost.Processes;

namespace Benchmarks;

/// <summary>What a second Verify takes before its first check, and the most memory that the build process has had by its end.</summary>
internal sealed class VerifyBenchmark : IBenchmark
{
    public string Id => "verify";

    public async IAsyncEnumerable<Row> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("containerhost-bench-").FullName;
        string[] host = ["--name", "bench", "--hosts-directory", folder];
        try
        {
            await Tool.BuildAsync(cancellationToken, ["InstallContainers", .. host]);
            var watch = Stopwatch.StartNew();
            var first = TimeSpan.Zero;
            var peak = 0L;
            var verify = new Command(Path.Combine(Tool.Root, "build.sh"), ["Verify", .. host])
            {
                WorkingDirectory = Tool.Root,
            };
            await new ProcessRunner().RunAsync(
                verify,
                cancellationToken,
                line =>
                {
                    if (first == TimeSpan.Zero && line.Contains("Verify: ", StringComparison.Ordinal))
                        first = watch.Elapsed;
                    peak = Math.Max(peak, PeakOf("_build.dll"));
                }
            );
            yield return new Row(
                "a second Verify before its first check",
                $"{first.TotalSeconds:0.00} s",
                "-",
                "-",
                "under 1 s"
            );
            yield return new Row("peak memory of the build process", $"{peak >> 20} MiB", "-", "-", "under 200 MB");
        }
        finally
        {
            await Tool.BuildAsync(CancellationToken.None, ["Destroy", .. host]);
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The peak of the processes that run this working copy's build (proc(5), VmHWM).</summary>
    private static long PeakOf(string program)
    {
        var peak = 0L;
        foreach (
            var process in Directory
                .EnumerateDirectories("/proc")
                .Where(path => int.TryParse(Path.GetFileName(path), out _))
        )
        {
            try
            {
                if (
                    !File.ReadAllText($"{process}/cmdline")
                        .Contains(Path.Combine(Tool.Root, ".nuke"), StringComparison.Ordinal)
                    || !File.ReadAllText($"{process}/cmdline").Contains(program, StringComparison.Ordinal)
                )
                    continue;
                var line = File.ReadLines($"{process}/status")
                    .FirstOrDefault(one => one.StartsWith("VmHWM:", StringComparison.Ordinal));
                var words = line?.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
                if (words is { Length: 3 })
                    peak = Math.Max(peak, long.Parse(words[1], CultureInfo.InvariantCulture) << 10);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // It ended meanwhile.
            }
        }
        return peak;
    }
}
