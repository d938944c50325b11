using System.Runtime.CompilerServices;
using ContainerHost.AnswerFiles;
using ContainerHost.AnswerFiles.CloudInit;
using ContainerHost.Files;
using ContainerHost.Guests;
using ContainerHost.Guests.Debian;
using ContainerHost.Hosts;
using ContainerHost.Machines;
using ContainerHost.Media;
using ContainerHost.Networks;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Waiting;
using Serilog.Core;

namespace Benchmarks;

/// <summary>From CreateVm to a guest that answers over SSH, against a bare QEMU on the same disk, memory and processors to the same answer.</summary>
internal sealed class BootBenchmark : IBenchmark
{
    private static readonly HostSpec Spec = new HostRequest { ["name"] = "bench" }.ToSpec();

    public string Id => "boot";

    public async IAsyncEnumerable<Row> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("containerhost-bench-").FullName;
        try
        {
            var services = LocalServices.Create(
                new LocalFolders(folder, LocalHosts.DefaultCacheDirectory, folder),
                Logger.None,
                new NetworkAccess()
            );
            var media = (KernelDisk)await services.Media.ObtainAsync(new MediaRequest(Spec), cancellationToken);
            var features = await services.HypervisorFor(Spec).GetFeaturesAsync(cancellationToken);
            var (ours, bare) = await Measure.InTurnAsync(
                3,
                () => OursAsync(services, media, cancellationToken),
                () => BareAsync(services, media, features.Accelerator, cancellationToken)
            );
            yield return Row.Ratio("CreateVm to SSH against a bare QEMU boot", ours, bare, "within 5 %");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task OursAsync(HostServices services, BootMedia media, CancellationToken cancellationToken)
    {
        var hypervisor = services.HypervisorFor(Spec);
        var folder = services.Store.FolderOf(Spec.Name);
        var (identity, seed) = await BenchGuest.PrepareAsync(Spec, folder, cancellationToken);
        var machine = BenchGuest.MachineOf(Spec, folder, identity, seed, media);
        try
        {
            await hypervisor.CreateAsync(machine, cancellationToken);
            var endpoint = await hypervisor.StartAsync(folder, cancellationToken);
            await BenchGuest.AnswerAsync(folder, identity, endpoint.Port, cancellationToken);
        }
        finally
        {
            await hypervisor.DestroyAsync(folder, identity.InstanceId, CancellationToken.None);
            Directory.Delete(folder.Path, recursive: true);
        }
    }

    private static async Task BareAsync(
        HostServices services,
        KernelDisk media,
        string accelerator,
        CancellationToken cancellationToken
    )
    {
        var folder = services.Store.FolderOf(Spec.Name);
        var (identity, seed) = await BenchGuest.PrepareAsync(Spec, folder, cancellationToken);
        await Tool.RunAsync(
            cancellationToken,
            "qemu-img",
            "create",
            "-q",
            "-f",
            "qcow2",
            "-F",
            "raw",
            "-b",
            media.DiskPath,
            folder.Disk,
            $"{Spec.DiskSize.Bytes}"
        );
        const int port = 40022;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var qemu = Tool.RunAsync(
            ended.Token,
            "qemu-system-x86_64",
            "-machine",
            "q35",
            "-accel",
            accelerator,
            "-cpu",
            accelerator == "tcg" ? "max,la57=off" : "host",
            "-smp",
            $"{Spec.Cpus}",
            "-m",
            $"{Spec.Memory.MiB}M",
            "-kernel",
            media.KernelPath,
            "-initrd",
            media.InitrdPath,
            "-append",
            $"{media.KernelCommandLine} console=ttyS0",
            "-drive",
            $"if=virtio,file={folder.Disk},format=qcow2",
            "-drive",
            $"if=virtio,file={seed.IsoPath},format=raw,readonly=on",
            "-nic",
            $"user,model=virtio-net-pci,hostfwd=tcp:127.0.0.1:{port}-:22",
            "-display",
            "none"
        );
        try
        {
            await BenchGuest.AnswerAsync(folder, identity, port, cancellationToken);
        }
        finally
        {
            await ended.CancelAsync();
            await Task.WhenAny(qemu);
            Directory.Delete(folder.Path, recursive: true);
        }
    }
}
