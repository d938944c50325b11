using ContainerHost.AnswerFiles;
using ContainerHost.Files;
using ContainerHost.Hosts;
using ContainerHost.Machines;
using ContainerHost.Machines.Qemu;
using ContainerHost.Media;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Specification.Parameters;
using ContainerHost.Tests.Machines;
using Serilog.Core;

namespace ContainerHost.Tests.Hosts.Archives;

/// <summary>A host that is off, on real disks: its own, with a pattern in it, on a base in the cache with another.</summary>
internal sealed class ArchivedHostSample(string folder)
{
    public HostServices Services { get; } =
        new()
        {
            Folders = new LocalFolders(
                Path.Combine(folder, "hosts"),
                Path.Combine(folder, "cache"),
                Path.Combine(folder, "reports")
            ),
            HypervisorFor = _ => new QemuHypervisor(
                Path.Combine(folder, "cache"),
                new ProcessRunner(),
                TimeProvider.System
            ),
            Log = Logger.None,
            Guests = null!,
            Processes = new ProcessRunner(),
            Media = null!,
            Artifacts = null!,
            Releases = null!,
        };

    public HostFolder Host => new(Path.Combine(folder, "hosts", "containerhost"));

    public string Base => Path.Combine(folder, "cache", "disk.raw");

    public async Task MakeAsync()
    {
        var machine = MachineSample.Built with
        {
            Folder = Host,
            DiskSize = ByteSize.FromMiB(2),
            Nested = false,
            Boot = ((KernelDisk)MachineSample.Built.Boot) with
            {
                DiskPath = Base,
                KernelPath = Put("cache", "vmlinuz", "a kernel"),
                InitrdPath = Put("cache", "initrd", "a RAM disk"),
            },
            Seed = new SeedMedia(Host.Seed, ""),
        };
        var spec = new HostRequest { ["forward"] = "127.0.0.1:8080:80" }.ToSpec() with
        {
            Mount = FolderMounts.Read("/src:/work", []),
        };
        var made = new StepRecord
        {
            Fingerprint = SpecChange.Fingerprint(spec, Change.MakeAnew),
            StartedAt = DateTimeOffset.UnixEpoch,
            DurationMs = 1,
        };
        await Services.Store.SaveAsync(
            new HostState
            {
                Spec = spec,
                InstanceId = machine.InstanceId,
                CreatedAt = DateTimeOffset.UnixEpoch,
                HostPublicKey = "ssh-ed25519 AAAAkey",
                ClonedFrom = "golden",
                Lab = "lab",
                ExpiresAt = DateTimeOffset.UnixEpoch,
                LastVerification = new LastVerification(DateTimeOffset.UnixEpoch, Passed: true),
            }.With(Step.CreateVm, made),
            Token
        );
        foreach (var path in (string[])[Host.Seed, Host.Password, Host.ClientKey, Host.ClientPublicKey, Host.LockFile])
            await File.WriteAllTextAsync(path, $"this is {Path.GetFileName(path)}", Token);
        await RealTool.RunAsync("qemu-img", "create", "-q", "-f", "raw", Base, "1M");
        await RealTool.RunAsync("qemu-io", "-f", "raw", "-c", "write -P 1 0 64k", "-c", "write -P 2 64k 64k", Base);
        string[] overlay = ["create", "-q", "-f", "qcow2", "-F", "raw", "-b", Base, Host.Disk, "2M"];
        await RealTool.RunAsync("qemu-img", overlay);
        await RealTool.RunAsync("qemu-io", "-f", "qcow2", "-c", "write -P 3 64k 64k", Host.Disk);
        await MachineFile.SaveAsync(Host, new QemuMachine(machine, "tcg", Port: 40022), Token);
    }

    private string Put(string directory, string name, string text)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, directory)).FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
