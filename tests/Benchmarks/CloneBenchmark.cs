using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using ContainerHost.Files;
using ContainerHost.Hosts;
using ContainerHost.Hosts.Templates;
using ContainerHost.Machines;
using ContainerHost.Networks;
using ContainerHost.Specification;
using Serilog.Core;

namespace Benchmarks;

/// <summary>Clones of one template: to the first answer as themselves against a bare QEMU from the same state and against CreateVm; and what several cost.</summary>
internal sealed class CloneBenchmark : IBenchmark
{
    private static readonly HostName Golden = NameOf("golden");

    public string Id => "clone";

    private static HostName NameOf(string name) => new HostRequest { ["name"] = name }.ReadName();

    public async IAsyncEnumerable<Row> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("containerhost-bench-").FullName;
        string[] golden = ["--name", Golden.Value, "--hosts-directory", folder];
        var folders = new LocalFolders(folder, LocalHosts.DefaultCacheDirectory, folder);
        var services = LocalServices.Create(folders, Logger.None, new NetworkAccess());
        var hosts = new LocalHosts(folders, Logger.None, new NetworkAccess());
        try
        {
            await Tool.BuildAsync(cancellationToken, ["Verify", .. golden]);
            await Tool.BuildAsync(cancellationToken, ["Template", .. golden]);
            await Tool.BuildAsync(cancellationToken, ["Destroy", .. golden]);
            var bare = new BareClone(services, Golden);
            var (clone, other) = await Measure.InTurnAsync(
                3,
                () => OneAsync(hosts, cancellationToken),
                () => bare.RunAsync(cancellationToken)
            );
            yield return Row.Ratio("a clone to its first answer against a bare QEMU", clone, other, "at most 1.25 x");
            var made = await Measure.OnceAsync(() =>
                Tool.BuildAsync(cancellationToken, ["CreateVm", "--name", "made", "--hosts-directory", folder])
            );
            yield return Row.Ratio("a clone to its first answer against CreateVm", clone, made, "at most 0.125 x");
            await Tool.BuildAsync(cancellationToken, ["Destroy", "--name", "made", "--hosts-directory", folder]);
            foreach (var count in (int[])[1, 2, 4, 8, 10])
                yield return await ManyAsync(services, hosts, count, cancellationToken);
        }
        finally
        {
            foreach (var left in await hosts.ListAsync(CancellationToken.None))
                await hosts.RemoveAsync(left.Name, CancellationToken.None);
            await hosts.RemoveTemplateAsync(Golden, CancellationToken.None);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<TimeSpan> OneAsync(LocalHosts hosts, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        await CloneAsync(hosts, [NameOf("one")], cancellationToken);
        var took = watch.Elapsed;
        await hosts.RemoveAsync(NameOf("one"), CancellationToken.None);
        return took;
    }

    private static async Task<Row> ManyAsync(
        HostServices services,
        LocalHosts hosts,
        int count,
        CancellationToken cancellationToken
    )
    {
        HostName[] names = [.. Enumerable.Range(1, count).Select(number => NameOf($"lab-{number}"))];
        var took = await Measure.OnceAsync(() => CloneAsync(hosts, names, cancellationToken));
        var folders = names.Select(services.Store.FolderOf).ToList();
        var memory = folders.Select(MemoryOf).ToList();
        var disk = folders.Average(folder => DiskOf(folder.Path));
        foreach (var name in names)
            await hosts.RemoveAsync(name, CancellationToken.None);
        return new Row(
            $"{count} clones: all answer; each, guest memory of its own",
            $"{took.TotalSeconds:0.00} s",
            "-",
            $"{memory.Average(one => one.Guest) / 1048576:0.0} MB",
            $"under 20 MB; QEMU's own {memory.Average(one => one.Qemu) / 1048576:0} MB; disk {disk / 1048576:0.0} MB, aim under 5"
        );
    }

    private static async Task CloneAsync(
        LocalHosts hosts,
        IReadOnlyList<HostName> names,
        CancellationToken cancellationToken
    )
    {
        foreach (var outcome in await hosts.CloneAsync(Golden, names, cancellationToken))
            if (outcome.Failure is { } failure)
                throw failure;
    }

    /// <summary>The bytes that a clone shares with nobody: of the guest's memory, and of QEMU itself (proc_pid_smaps(5)).</summary>
    private static (double Guest, double Qemu) MemoryOf(HostFolder folder)
    {
        double guest = 0,
            all = 0;
        var isGuest = false;
        foreach (var line in File.ReadLines($"/proc/{File.ReadAllText(folder.PidFile).Trim()}/smaps"))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (!words[0].EndsWith(':'))
            {
                isGuest = line.EndsWith($"/{HostFolder.MemoryName}", StringComparison.Ordinal);
            }
            else if (words[0] is "Private_Clean:" or "Private_Dirty:")
            {
                var bytes = double.Parse(words[1], CultureInfo.InvariantCulture) * 1024;
                all += bytes;
                // A page that was only read is the file's, whoever else has not read it yet.
                guest += isGuest && words[0] == "Private_Dirty:" ? bytes : 0;
            }
        }
        return (guest, all - guest);
    }

    private static double DiskOf(string folder)
    {
        var told = Tool.RunAsync(CancellationToken.None, "du", "--summarize", "--block-size=1", folder).Result;
        return double.Parse(told.StandardOutput.Split('\t')[0], CultureInfo.InvariantCulture);
    }
}
