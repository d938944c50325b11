using ContainerHost.Files;
using ContainerHost.Hosts.Archives;
using ContainerHost.Machines;
using ContainerHost.Media;

namespace ContainerHost.Hosts.Templates;

/// <summary>A template in an archive: its files, and itself without the place where it lay.</summary>
internal static class ArchivedTemplate
{
    /// <summary>The files that such a template has, by their names in an archive, which are those in its folder too.</summary>
    public static IReadOnlyList<(string Name, string Path)> FilesOf(Template template, HostFolder folder) =>
        [
            .. TemplateFiles.Of(folder, (BaseDisk)template.Boot).Select(path => (Path.GetFileName(path), path)),
            .. ArchivedBoot.FilesOf(template.Boot),
        ];

    /// <summary>The template, as it is where it was unpacked.</summary>
    public static Template In(Template template, HostFolder folder)
    {
        var boot = ArchivedBoot.In((BaseDisk)template.Boot, folder, folder.Disk);
        return template with { Boot = boot };
    }

    /// <exception cref="BadArchiveException">The template is none that an archive may have.</exception>
    public static IReadOnlyList<string> NamesOf(Template template)
    {
        if (template.SchemaVersion != Template.CurrentSchemaVersion)
            throw new BadArchiveException(
                $"has a template of format {template.SchemaVersion}, not {Template.CurrentSchemaVersion}"
            );
        if (!template.IsWhole)
            throw new BadArchiveException("has a template of no disk that a machine begins from");
        return [.. FilesOf(template, new HostFolder("")).Select(file => file.Name)];
    }

    /// <exception cref="BadArchiveException">The memory is not of the machine's size.</exception>
    public static void RequireMemory(Template template, IReadOnlyList<ArchivedFile> files)
    {
        if (!template.IsFrozen)
            return;
        var memory = files.Single(file => file.Name == HostFolder.MemoryName).Size;
        if (memory != template.Spec.Memory.Bytes)
            throw new BadArchiveException(
                $"has {memory} bytes of memory for a machine of {template.Spec.Memory.ToHumanString()}"
            );
    }
}
