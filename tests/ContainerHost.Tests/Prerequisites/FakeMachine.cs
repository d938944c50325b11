using ContainerHost.Files;
using ContainerHost.Machines;
using ContainerHost.Media;
using ContainerHost.Prerequisites;
using ContainerHost.Specification;

namespace ContainerHost.Tests.Prerequisites;

/// <summary>A machine that has all a host needs, in a folder of its own; each test takes something away.</summary>
internal sealed class FakeMachine : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("ch-prereqs-");

    public FakeMachine()
    {
        Available("8388608");
        Write("keyrings/debian-archive-keyring.gpg", "");
        Write("lists/bookworm_main_binary-amd64_Packages.lz4", "");
        Processes
            .Answer("qemu-system-x86_64 --version", "QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18)\n")
            .Answer("qemu-img --version", "qemu-img version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18)\n")
            .Answer("mmdebstrap --version", "mmdebstrap 1.3.5\n")
            .Answer("mke2fs -V", error: "mke2fs 1.47.0 (5-Feb-2023)\n")
            .Answer("id -u", "0\n");
    }

    public FakeProcessRunner Processes { get; } = new();

    public FakeHypervisor Hypervisor { get; } = new();

    public HostSpec Spec { get; set; } = new() { Name = HostName.Default };

    public LocalFolders Paths => new(In("work/hosts"), In("work/cache"), In("work/reports"));

    public HostFolder Host => new(Path.Combine(Paths.HostsDirectory, Spec.Name.Value));

    public long Free { get; set; } = 100L << 30;

    public LocalMachine Local =>
        new(Processes)
        {
            ProcDirectory = In("proc"),
            KeyringsDirectory = In("keyrings"),
            FirmwareDirectory = In("firmware"),
            AptListsDirectory = In("lists"),
            FreeSpace = _ => Free,
        };

    public void Dispose() => _root.Delete(recursive: true);

    public string In(string path) => Path.Combine(_root.FullName, path);

    public void Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(In(path))!);
        File.WriteAllText(In(path), content);
    }

    public void Delete(string path) => Directory.Delete(In(path), recursive: true);

    public void Available(string kibibytes) =>
        Write("proc/meminfo", $"MemTotal:  99999999 kB\nMemFree:  1 kB\nMemAvailable:   {kibibytes} kB\n");

    /// <summary>Has a process run with those arguments.</summary>
    public void Process(int id, params IReadOnlyList<string> words) =>
        Write($"proc/{id}/cmdline", string.Join('\0', words) + "\0");

    /// <summary>Has our own machine run with so much memory, and returns its mark.</summary>
    public Guid Run(ByteSize memory)
    {
        var id = Guid.NewGuid();
        Hypervisor.Running = new MachineSpec
        {
            Name = Spec.Name,
            InstanceId = id,
            Folder = Host,
            Cpus = 2,
            Memory = memory,
            DiskSize = Spec.DiskSize,
            Guest = Spec.Guest,
            Boot = new BaseDisk
            {
                DiskPath = "/base",
                Format = DiskFormat.Raw,
                Sha256 = "",
                Origin = "",
                Fingerprint = "",
            },
            Seed = null!,
            Nested = true,
        };
        return id;
    }

    public Task<PrerequisiteReport> CheckAsync() =>
        new PrerequisiteChecker(Processes, Hypervisor) { Machine = Local }.CheckAsync(Spec, Paths, Token);

    public async Task<PrerequisiteRow> RowAsync(string id) =>
        (await CheckAsync()).Rows.Single(row => row.Requirement.Id == id);
}
