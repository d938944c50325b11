using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Hosts.Archives;
using ContainerHost.Media;
using ContainerHost.Specification;

namespace ContainerHost.Hosts.Templates;

/// <summary>Writes a template into an archive.</summary>
internal sealed class TemplateExporter(HostServices services)
{
    private readonly TemplateStore _templates = new(services);

    /// <summary>Writes it, and returns the archive's length in bytes.</summary>
    /// <exception cref="ContainerHostException">There is no such template, it is damaged, or the archive cannot be written.</exception>
    public async Task<long> ExportAsync(HostName name, string path, CancellationToken cancellationToken)
    {
        ArchiveWriter.RequireNew(path);
        using var held = _templates.Services.Store.Has(name)
            ? await _templates.HoldAsync(name, cancellationToken)
            : null;
        var template = await _templates.ReadAsync(name, cancellationToken);
        if (template.Boot is BaseDisk { Format: DiskFormat.Vhdx })
            throw Failed(
                name,
                "its disks lie where Hyper-V keeps them, and archives have QEMU's",
                "make the template where its clones are to be."
            );
        var files = ArchivedTemplate.FilesOf(template, _templates.FolderOf(name));
        var described = await ArchiveWriter.DescribeAsync(files, cancellationToken);
        // What was damaged on the disk must not go round as what it was.
        foreach (var ((_, file), now) in files.Zip(described))
            if (File.Exists($"{file}.sha256") && await CheckedFile.DigestOfAsync(file, cancellationToken) != now.Sha256)
                throw Failed(
                    name,
                    $"{file} is not the file that the template was made with",
                    $"'./build.sh RemoveTemplate --from {name}' removes it; make it anew."
                );
        var contents = new ArchiveContents
        {
            Name = name,
            // Whoever gets it need not learn where it lay here.
            Template = ArchivedTemplate.In(template, new HostFolder("")),
            Files = described,
        };
        try
        {
            return await ArchiveWriter.WriteAsync(path, contents, files, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Failed(name, failure.Message, $"see that {path} may be written and its disk has space.");
        }
    }

    private static ContainerHostException Failed(HostName name, string saw, string @try) =>
        new($"export the template '{name}'", saw, @try);
}
