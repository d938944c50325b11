using System.Runtime.InteropServices;
using System.Text.Json;
using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Machines;
using ContainerHost.Media;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Hosts.Templates;

/// <summary>The templates of a hosts' folder, in a folder of their own there whose name no host can have.</summary>
internal sealed class TemplateStore(HostServices services)
{
    /// <summary>The services, with templates in the hosts' place.</summary>
    public HostServices Services { get; } =
        services with
        {
            Folders = services.Folders with
            {
                HostsDirectory = Path.Combine(services.Store.HostsDirectory, ".templates"),
            },
        };

    public HostFolder FolderOf(HostName name) => Services.Store.FolderOf(name);

    /// <summary>The names of those that are whole, sorted.</summary>
    public IReadOnlyList<HostName> List() =>
        [.. Services.Store.List().Where(name => File.Exists(FolderOf(name).Template))];

    /// <summary>Keeps a template; from now on it is there.</summary>
    public Task SaveAsync(HostName name, Template template, CancellationToken cancellationToken) =>
        AtomicFile.WriteTextAsync(
            FolderOf(name).Template,
            JsonSerializer.Serialize(template, SpecificationJson.Options) + "\n",
            cancellationToken
        );

    /// <summary>Reads a template that fits here: its files are those that it was made with, and the hypervisor is the one that froze them.</summary>
    /// <exception cref="ContainerHostException">There is none, it is damaged, or it does not fit here.</exception>
    public async Task<Template> NeedAsync(HostName name, CancellationToken cancellationToken)
    {
        var template = await ReadAsync(name, cancellationToken);
        return await MisfitOfAsync(template, cancellationToken) is { } misfit ? throw Failed(name, misfit) : template;
    }

    /// <summary>Reads a template whose files are those that it was made with, whether it fits here or not.</summary>
    /// <exception cref="ContainerHostException">There is none, or it is damaged.</exception>
    public async Task<Template> ReadAsync(HostName name, CancellationToken cancellationToken)
    {
        var folder = FolderOf(name);
        if (!File.Exists(folder.Template))
            throw Failed(name, $"there is none in {services.Store.HostsDirectory}");
        Template template;
        try
        {
            var text = await File.ReadAllTextAsync(folder.Template, cancellationToken);
            template = VersionedJson.Read<Template>(text, Template.CurrentSchemaVersion);
        }
        catch (VersionedJsonException unreadable)
        {
            throw Failed(name, $"{folder.Template} {unreadable.Message}");
        }
        if (!template.IsWhole)
            throw Failed(name, $"{folder.Template} is damaged: it is of no disk that a machine begins from");
        template = template with { Boot = Here(template.Boot, folder) };
        foreach (var file in await FindFilesAsync(name, template, cancellationToken))
            if (!file.IsWhole)
                throw Failed(name, $"{file.Path} is not the file that the template was made with");
        return template;
    }

    /// <summary>The files of a template, where its hypervisor has them.</summary>
    public Task<IReadOnlyList<TemplateFile>> FindFilesAsync(
        HostName name,
        Template template,
        CancellationToken cancellationToken
    ) =>
        Services
            .HypervisorFor(template.Spec)
            .FindSealedAsync(FolderOf(name), (BaseDisk)template.Boot, cancellationToken);

    /// <summary>Why a template cannot be started here; null for one that can, as any that is off.</summary>
    public async Task<string?> MisfitOfAsync(Template template, CancellationToken cancellationToken)
    {
        if (!template.IsFrozen)
            return null;
        var features = await Services.HypervisorFor(template.Spec).GetFeaturesAsync(cancellationToken);
        return Describe(features) == template.Hypervisor
            ? null
            : $"it was frozen by {template.Hypervisor}, and here is {Describe(features)}";
    }

    // Where it lies now counts, and not where it was made: the hosts may have been moved since.
    private static BaseDisk Here(BootMedia boot, HostFolder folder)
    {
        var disk = (BaseDisk)boot;
        // It lies on the machine that Hyper-V runs on.
        if (disk.Format == DiskFormat.Vhdx)
            return disk;
        disk = disk with
        {
            DiskPath = folder.Disk,
            Saved = disk.Saved is null ? null : new SavedMachine(folder.Memory, folder.MachineState),
        };
        return disk is KernelDisk kernel
            ? kernel with
            {
                KernelPath = Path.Combine(folder.Path, Path.GetFileName(kernel.KernelPath)),
                InitrdPath = Path.Combine(folder.Path, Path.GetFileName(kernel.InitrdPath)),
            }
            : disk;
    }

    /// <summary>A hypervisor, as a template is bound to it.</summary>
    public static string Describe(HypervisorFeatures features) =>
        $"{features.Name}, {features.Accelerator}{(features.Accelerator == "tcg" ? "" : $", processor {Processor()}")}";

    // What a processor can do is in the state of a machine that has it as it is.
    private static string Processor() =>
        File.Exists("/proc/cpuinfo")
            ? Fingerprint.OfText(
                string.Join('\n', File.ReadLines("/proc/cpuinfo").TakeWhile(line => line.Length > 0).Where(IsLasting))
            )
            : RuntimeInformation.ProcessArchitecture.ToString();

    private static bool IsLasting(string line) =>
        line.StartsWith("model", StringComparison.Ordinal) || line.StartsWith("flags", StringComparison.Ordinal);

    /// <summary>The hosts that were cloned from a template, which need it as long as they live; by what their machines are made of, and by what they say.</summary>
    public IReadOnlyList<HostName> ClonesOf(HostName template)
    {
        var disk = JsonSerializer.Serialize(FolderOf(template).Disk, SpecificationJson.Options);
        var said = $"\"clonedFrom\": \"{template}\"";
        // Where Hyper-V keeps it, its mark is in the disk's path.
        var mark = Services.Store.TryLoad(template)?.InstanceId.ToString("D");
        return [.. services.Store.List().Where(name => IsClone(services.Store.FolderOf(name)))];

        bool IsClone(HostFolder host) =>
            Has(host.State, said) || Has(host.Machine, disk) || (mark is not null && Has(host.Machine, mark));

        static bool Has(string path, string text) =>
            File.Exists(path) && File.ReadAllText(path).Contains(text, StringComparison.Ordinal);
    }

    /// <summary>Holds a template for as long as hosts of it are begun, so that it is not removed meanwhile.</summary>
    public Task<ProcessLock> HoldAsync(HostName name, CancellationToken cancellationToken) =>
        ProcessLock.WaitAsync(
            FolderOf(name).ProcessLock,
            new Wait(
                $"another process lets the template '{name}' go",
                TimeLimits.TemplateHold,
                "end that process if it hangs.",
                name.Value
            ),
            new Poll(services.Time) { Interval = TimeSpan.FromMilliseconds(100) },
            cancellationToken
        );

    /// <summary>Removes a template; returns false when there was none.</summary>
    /// <exception cref="ContainerHostException">Clones of it live.</exception>
    public async Task<bool> RemoveAsync(
        HostName name,
        CancellationToken cancellationToken,
        Func<HostState?, bool>? onlyIf = null
    )
    {
        if (!Services.Store.Has(name))
            return false;
        using var session = new HostSession(Services.Store, name, services.Time, services.Log, readState: false);
        if (onlyIf?.Invoke(Services.Store.Load(name)) == false)
            return false;
        if (ClonesOf(name) is { Count: > 0 } clones)
            throw new ContainerHostException(
                $"remove the template '{name}'",
                $"hosts were cloned from it, and read its disk: {string.Join(", ", clones)}",
                "remove these first, by './build.sh Destroy --name NAME'."
            );
        await new HostRemover(Services).RemoveAsync(session, cancellationToken);
        return true;
    }

    private static ContainerHostException Failed(HostName name, string saw) =>
        new(
            $"use the template '{name}'",
            saw,
            $"'./build.sh Template --name {name}' makes one of a verified host; './build.sh RemoveTemplate --from {name}' removes one that is of no use any more."
        );
}
