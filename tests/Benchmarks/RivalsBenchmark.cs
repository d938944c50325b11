using System.Globalization;
using System.Runtime.CompilerServices;
using ContainerHost.Files;
using ContainerHost.Hosts;
using ContainerHost.Media;
using ContainerHost.Networks;
using ContainerHost.Processes;
using ContainerHost.Specification;
using Serilog.Core;

namespace Benchmarks;

/// <summary>CreateVm against virt-install and vagrant-libvirt, from the same disk, kernel and answers to a guest that answers over SSH; needs root.</summary>
internal sealed class RivalsBenchmark : IBenchmark
{
    private const int Rounds = 3;
    private static readonly HostSpec Spec = new HostRequest { ["name"] = "bench" }.ToSpec();

    public string Id => "rivals";

    public async IAsyncEnumerable<Row> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("containerhost-bench-").FullName;
        string[] host = ["--name", "bench", "--hosts-directory", folder];
        try
        {
            string[] packages = ["vagrant-libvirt", "virtinst", "libvirt-daemon-system", "dnsmasq-base"];
            string[] install = ["install", "--yes", "--no-install-recommends", .. packages];
            await Tool.RunAsync(cancellationToken, "apt-get", install);
            var told = await RunAsync(folder, cancellationToken);
            var ours = new List<TimeSpan>();
            for (var round = 0; round < Rounds; round++)
            {
                ours.Add(await Measure.OnceAsync(() => Tool.BuildAsync(cancellationToken, ["CreateVm", .. host])));
                await Tool.BuildAsync(cancellationToken, ["Destroy", .. host]);
            }
            foreach (var rival in told)
            {
                var what = $"CreateVm, build.sh and all, against {rival.Key}";
                yield return Row.Ratio(what, Measure.Median(ours), Measure.Median([.. rival]), "-");
            }
        }
        finally
        {
            await Tool.BuildAsync(CancellationToken.None, ["Destroy", .. host]);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<ILookup<string, TimeSpan>> RunAsync(string path, CancellationToken cancellationToken)
    {
        var folders = new LocalFolders(path, LocalHosts.DefaultCacheDirectory, path);
        var services = LocalServices.Create(folders, Logger.None, new NetworkAccess());
        var folder = services.Store.FolderOf(new HostRequest { ["name"] = "rival" }.ReadName());
        var media = (KernelDisk)await services.Media.ObtainAsync(new MediaRequest(Spec), cancellationToken);
        var (_, seed) = await BenchGuest.PrepareAsync(Spec, folder, cancellationToken);
        var script = Path.Combine(Tool.Root, "tests", "Benchmarks", "rivals.sh");
        var told = await new ProcessRunner().RunCheckedAsync(
            new Command(script, $"{Rounds}")
            {
                Environment = new Dictionary<string, string?>
                {
                    ["FOLDER"] = Directory.CreateDirectory(Path.Combine(path, "rivals")).FullName,
                    ["DISK"] = media.DiskPath,
                    ["DISK_SIZE"] = $"{Spec.DiskSize.Bytes}",
                    ["KERNEL"] = media.KernelPath,
                    ["INITRD"] = media.InitrdPath,
                    ["COMMAND_LINE"] = media.KernelCommandLine,
                    ["SEED"] = seed.IsoPath,
                    ["KEY"] = folder.ClientKey,
                    ["GUEST_USER"] = Spec.Guest.Family.User,
                    ["CPUS"] = $"{Spec.Cpus}",
                    ["MEMORY"] = $"{Spec.Memory.MiB}",
                },
            },
            "measure virt-install and vagrant",
            "run it by hand.",
            cancellationToken
        );
        return told
            .StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' '))
            .ToLookup(
                words => words[0],
                words => TimeSpan.FromMilliseconds(int.Parse(words[1], CultureInfo.InvariantCulture))
            );
    }
}
