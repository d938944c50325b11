using ContainerHost.Files;
using ContainerHost.Prerequisites;
using ContainerHost.Prerequisites.Lists;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Tests.Machines;

namespace ContainerHost.Tests.Prerequisites;

/// <summary>Tests each of which has a machine that has all a host needs, in a folder of its own, and takes something away.</summary>
public abstract class PrerequisiteTest : FolderTest
{
    protected PrerequisiteTest()
    {
        Available("8388608");
        Put("keyrings/debian-archive-keyring.gpg", "");
        Put("keyrings/debian-archive-trixie-stable.gpg", "");
        Put("lists/bookworm_main_binary-amd64_Packages.lz4", "");
        Processes
            .Answer("qemu-system-x86_64 --version", "QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18)\n")
            .Answer("qemu-img --version", "qemu-img version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18)\n")
            .Answer("mmdebstrap --version", "mmdebstrap 1.3.5\n")
            .Answer("mke2fs -V", error: "mke2fs 1.47.0 (5-Feb-2023)\n")
            .Answer("id -u", "0\n")
            .Answer(Probe(isRoot: true));
    }

    /// <summary>True when checks have root's rights.</summary>
    private protected bool IsRoot { get; set; } = true;

    /// <summary>The command line by which namespaces are tried.</summary>
    private protected static string Probe(bool isRoot) =>
        $"{Unshared.Of(new Command("sh", "-c", NamespaceRequirements.Probe), isRoot)}";

    private protected FakeProcessRunner Processes { get; } = new();

    private protected FakeHypervisor Hypervisor { get; } = new();

    private protected HostSpec Spec { get; set; } = new() { Name = HostName.Default };

    private protected LocalFolders Paths => new(In("work/hosts"), In("work/cache"), In("work/reports"));

    private HostFolder Host => new(Path.Combine(Paths.HostsDirectory, Spec.Name.Value));

    private protected long Free { get; set; } = 100L << 30;

    private protected LocalMachine Local =>
        new(Processes)
        {
            IsRoot = IsRoot,
            ProcDirectory = In("proc"),
            EtcDirectory = In("etc"),
            KeyringsDirectory = In("keyrings"),
            FirmwareDirectory = In("firmware"),
            AptListsDirectory = In("lists"),
            FreeSpace = _ => Free,
        };

    private protected void Delete(string path) => Directory.Delete(In(path), recursive: true);

    private protected void Available(string kibibytes) =>
        Put("proc/meminfo", $"MemTotal:  99999999 kB\nMemFree:  1 kB\nMemAvailable:   {kibibytes} kB\n");

    /// <summary>Has a process run with those arguments.</summary>
    private protected void Process(int id, params IReadOnlyList<string> words) =>
        Put($"proc/{id}/cmdline", string.Join('\0', words) + "\0");

    /// <summary>Has our own machine run with so much memory, and returns its mark.</summary>
    private protected Guid Run(ByteSize memory)
    {
        var id = Guid.NewGuid();
        Hypervisor.Running = MachineSample.Built with { InstanceId = id, Folder = Host, Memory = memory };
        return id;
    }

    private protected PrerequisiteChecker Checker => new(Processes, Hypervisor) { Machine = Local };

    private protected Task<PrerequisiteReport> CheckAsync() => Checker.CheckAsync(Spec, Paths, Token);

    private protected async Task<PrerequisiteRow> RowAsync(string id) =>
        (await CheckAsync()).Rows.Single(row => row.Requirement.Id == id);
}
