using ContainerHost.Files;
using ContainerHost.Media;
using ContainerHost.Specification;

namespace ContainerHost.Hosts.Templates.Archives;

/// <summary>The first file of an archive, contents.json: the template, and each file that follows, in their order.</summary>
internal sealed record ArchiveContents
{
    public const int CurrentSchemaVersion = 1;
    public const string FileName = "contents.json";

    // What a direct start needs; whatever they were called, no archive names a file.
    private const string Kernel = "kernel";
    private const string Initrd = "initrd";

    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>What the template was called.</summary>
    public required HostName Name { get; init; }

    public required Template Template { get; init; }

    public required IReadOnlyList<ArchivedFile> Files { get; init; }

    /// <summary>The files that such a template has, by their names in an archive, which are those in its folder too.</summary>
    public static IReadOnlyList<(string Name, string Path)> FilesOf(Template template, HostFolder folder)
    {
        IEnumerable<(string, string)> files = TemplateStore
            .FilesOf(folder)
            .Select(path => (Path.GetFileName(path), path));
        return template.Boot is KernelDisk disk
            ? [.. files, (Kernel, disk.KernelPath), (Initrd, disk.InitrdPath)]
            : [.. files];
    }

    /// <summary>The template, as it is where it was unpacked.</summary>
    public static Template In(Template template, HostFolder folder)
    {
        var disk = (BaseDisk)template.Boot with
        {
            DiskPath = folder.Disk,
            Format = DiskFormat.Qcow2,
            Saved = new SavedMachine(folder.Memory, folder.MachineState),
        };
        return template with
        {
            Boot = disk is KernelDisk kernel
                ? kernel with
                {
                    KernelPath = Path.Combine(folder.Path, Kernel),
                    InitrdPath = Path.Combine(folder.Path, Initrd),
                }
                : disk,
        };
    }
}
