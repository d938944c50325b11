using System.Text.Json;
using ContainerHost.Files;
using ContainerHost.Hosts;
using ContainerHost.Hosts.Templates;
using ContainerHost.Machines;
using ContainerHost.Media;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Tests.Prerequisites;
using Serilog.Core;

namespace ContainerHost.Tests.Hosts.Templates;

/// <summary>A template of small files that no machine would start from, on a hypervisor that only tells what it is.</summary>
internal sealed class TemplateSample(string folder)
{
    public static HostName Name { get; } = Named("golden");

    private readonly FakeHypervisor _hypervisor = new() { OnDestroy = () => { } };

    public HostServices Services =>
        new()
        {
            Folders = new LocalFolders(
                Path.Combine(folder, "hosts"),
                Path.Combine(folder, "cache"),
                Path.Combine(folder, "reports")
            ),
            HypervisorFor = _ => _hypervisor,
            Log = Logger.None,
            Guests = null!,
            Processes = new ProcessRunner(),
            Media = null!,
            Artifacts = null!,
            Releases = null!,
        };

    public TemplateStore Store => new(Services);

    public HostFolder Folder => Store.FolderOf(Name);

    public HypervisorFeatures Features
    {
        get => _hypervisor.Features;
        set => _hypervisor.Features = value;
    }

    public static HostName Named(string name) =>
        HostName.TryParse(name, out var parsed) ? parsed : throw new ArgumentException(name);

    /// <summary>False for one that is off, of a guest that starts by UEFI.</summary>
    public bool IsFrozen { get; init; } = true;

    /// <summary>Makes it, with disks that qemu-img made where <paramref name="disks"/> says so.</summary>
    public async Task MakeAsync(bool disks = false)
    {
        var spec = new HostSpec { Name = Name, Memory = ByteSize.FromMiB(1) };
        var state = new HostState
        {
            Spec = spec,
            InstanceId = Guid.NewGuid(),
            CreatedAt = DateTimeOffset.UnixEpoch,
        };
        await Store.Services.Store.SaveAsync(state, Token);
        var memory = new byte[1 << 20];
        memory[700_000] = 1;
        if (IsFrozen)
        {
            await File.WriteAllBytesAsync(Folder.Memory, memory, Token);
            await File.WriteAllTextAsync(Folder.MachineState, "the devices", Token);
            await File.WriteAllTextAsync(KernelPath, "a kernel", Token);
            await File.WriteAllTextAsync(InitrdPath, "a RAM disk", Token);
        }
        if (disks)
        {
            await RealTool.RunAsync("qemu-img", "create", "-q", "-f", "qcow2", Folder.BaseDisk, "1M");
            string[] words = ["create", "-q", "-f", "qcow2", "-F", "qcow2", "-b", Folder.BaseDisk, Folder.Disk];
            await RealTool.RunAsync("qemu-img", words);
        }
        else
        {
            await File.WriteAllTextAsync(Folder.BaseDisk, "a disk", Token);
            await File.WriteAllTextAsync(Folder.Disk, "its overlay", Token);
        }
        await SaveAsync(spec, await TemplateFiles.SealAsync(Folder, IsFrozen ? Frozen : Off, Token));
    }

    /// <summary>Changes the text of template.json.</summary>
    public void Edit(Func<string, string> edit) =>
        File.WriteAllText(Folder.Template, edit(File.ReadAllText(Folder.Template)));

    private string KernelPath => Path.Combine(Folder.Path, "vmlinuz-6.1");

    private string InitrdPath => Path.Combine(Folder.Path, "initrd.img-6.1");

    private KernelDisk Frozen =>
        new()
        {
            DiskPath = Folder.Disk,
            Format = DiskFormat.Qcow2,
            Sha256 = "",
            Origin = "template:golden",
            Fingerprint = "",
            KernelPath = KernelPath,
            InitrdPath = InitrdPath,
            KernelCommandLine = "root=LABEL=root ro",
            OfTemplate = true,
            Saved = new SavedMachine(Folder.Memory, Folder.MachineState),
        };

    private BaseDisk Off =>
        new()
        {
            DiskPath = Folder.Disk,
            Format = DiskFormat.Qcow2,
            Sha256 = "",
            Origin = "template:golden",
            Fingerprint = "",
            NeedsUefi = true,
            OfTemplate = true,
        };

    private Task SaveAsync(HostSpec spec, BaseDisk boot) =>
        Store.SaveAsync(
            Name,
            new Template
            {
                Spec = spec,
                CreatedAt = DateTimeOffset.UnixEpoch,
                Hypervisor = TemplateStore.Describe(Features),
                Boot = boot,
            },
            Token
        );
}
