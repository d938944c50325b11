using ContainerHost.Errors;
using ContainerHost.Hosts.Archives;
using ContainerHost.Hosts.Steps;
using ContainerHost.Media;
using ContainerHost.Specification;
using ContainerHost.Undoing;

namespace ContainerHost.Hosts.Templates;

/// <summary>Takes a template out of an archive: it is there once every byte of it is what its contents say, and before that nothing is.</summary>
internal sealed class TemplateImporter(HostServices services)
{
    private readonly TemplateStore _templates = new(services);

    internal Unpacking Unpacking { get; init; } = new("a template", services.Log);

    /// <summary>Imports it under its own name or another, for good where it has no end; returns that name.</summary>
    /// <exception cref="ContainerHostException">The archive is none of ours or damaged, there is no room, or the name is taken.</exception>
    public Task<HostName> ImportAsync(
        string path,
        HostName? name,
        DateTimeOffset? expiresAt,
        CancellationToken cancellationToken
    ) =>
        Unpacking.ReadAsync(
            path,
            (archive, contents) =>
                contents.Template is { } template
                    ? ImportAsync(archive, contents, template, name ?? contents.Name, expiresAt, cancellationToken)
                    : throw new BadArchiveException("is of a host, which the target Import takes"),
            cancellationToken
        );

    private async Task<HostName> ImportAsync(
        ArchiveReader archive,
        ArchiveContents contents,
        Template template,
        HostName name,
        DateTimeOffset? expiresAt,
        CancellationToken cancellationToken
    )
    {
        var parts = _templates.Services;
        using var session = new HostSession(parts.Store, name, services.Time, services.Log, readState: false);
        if (File.Exists(session.Folder.Template))
            throw new InvalidInputException([
                $"name '{name}' is taken: there is a template of it; choose another by --from, or './build.sh RemoveTemplate --from {name}'.",
            ]);
        if (HostSpec.ProviderHere != Provider.Qemu)
            throw new ContainerHostException(
                "import the template",
                "it is QEMU's, and hosts here are Hyper-V's",
                "import it where hosts are QEMU's.",
                name.Value
            );
        Unpacking.RequireRoom(contents, parts.Store.HostsDirectory);
        var spec = template.Spec with
        {
            Name = name,
            Provider = HostSpec.ProviderHere,
            AnswerFile = null,
            AnswerFileDigest = null,
        };
        var context = new StepContext(parts, session, had: null, spec, answers: null, password: null, locked: null)
        {
            ExpiresAt = expiresAt,
        };
        var beginning = new MachineBeginning(context);
        return await UndoStack.RunAsync(async undo =>
        {
            undo.Push("template", beginning.RemoveAsync);
            await beginning.ForgetEarlierAsync(cancellationToken);
            await Unpacking.UnpackAsync(archive, contents, session.Folder, cancellationToken);
            foreach (var file in contents.Files)
                await CheckedFile.RecordAsync(
                    Path.Combine(session.Folder.Path, file.Name),
                    file.Sha256,
                    cancellationToken
                );
            await new ImportedDisks(services.Processes).JoinAsync(session.Folder, hasBase: true, cancellationToken);
            await CheckedFile.RecordAsync(session.Folder.Disk, cancellationToken);
            var imported = ArchivedTemplate.In(template with { Spec = spec }, session.Folder);
            await _templates.SaveAsync(name, imported, cancellationToken);
            return name;
        });
    }
}
