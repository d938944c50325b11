using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Hosts.Steps;
using ContainerHost.Media;
using ContainerHost.Specification;
using ContainerHost.Undoing;

namespace ContainerHost.Hosts.Templates.Archives;

/// <summary>Takes a template out of an archive: it is there once every byte of it is what its contents say, and before that nothing is.</summary>
internal sealed class TemplateImporter(HostServices services)
{
    private readonly TemplateStore _templates = new(services);

    /// <summary>Tells the free bytes of the file system that a folder lies on; replaced in tests.</summary>
    internal Func<string, long> FreeSpace { get; init; } = path => new DriveInfo(path).AvailableFreeSpace;

    /// <summary>Imports it under its own name or another; returns that.</summary>
    /// <exception cref="ContainerHostException">The archive is none of ours or damaged, there is no room, or the name is taken.</exception>
    public async Task<HostName> ImportAsync(string path, HostName? name, CancellationToken cancellationToken)
    {
        try
        {
            await using var archive = TemplateArchive.Open(path);
            var contents = await archive.ReadContentsAsync(cancellationToken);
            return await ImportAsync(archive, contents, name ?? contents.Name, cancellationToken);
        }
        catch (BadTemplateArchiveException bad)
        {
            throw Unusable(path, $"it {bad.Message}", "export or copy it again.", bad);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unusable(
                path,
                failure.Message,
                "see that the archive may be read, and that the hosts' folder has space.",
                failure
            );
        }
    }

    private async Task<HostName> ImportAsync(
        TemplateArchive archive,
        ArchiveContents contents,
        HostName name,
        CancellationToken cancellationToken
    )
    {
        var parts = _templates.Services;
        using var session = new HostSession(parts.Store, name, services.Time, services.Log, readState: false);
        if (File.Exists(session.Folder.Template))
            throw new InvalidInputException([
                $"name '{name}' is taken: there is a template of it; choose another by --from, or './build.sh RemoveTemplate --from {name}'.",
            ]);
        RequireRoom(contents);
        var spec = contents.Template.Spec with
        {
            Name = name,
            Provider = HostSpec.ProviderHere,
            AnswerFile = null,
            AnswerFileDigest = null,
        };
        var context = new StepContext(parts, session, had: null, spec, answers: null, password: null, locked: null);
        var beginning = new MachineBeginning(context);
        return await UndoStack.RunAsync(async undo =>
        {
            undo.Push("template", beginning.RemoveAsync);
            await beginning.ForgetEarlierAsync(cancellationToken);
            foreach (var file in contents.Files)
            {
                var target = Path.Combine(session.Folder.Path, file.Name);
                await archive.ExtractAsync(file, target, cancellationToken);
                await CheckedFile.RecordAsync(target, file.Sha256, cancellationToken);
            }
            await archive.ExpectEndAsync(cancellationToken);
            await new ImportedDisks(services.Processes).JoinAsync(session.Folder, cancellationToken);
            var template = ArchiveContents.In(contents.Template with { Spec = spec }, session.Folder);
            await _templates.SaveAsync(name, template, cancellationToken);
            return name;
        });
    }

    private void RequireRoom(ArchiveContents contents)
    {
        var folder = _templates.Services.Store.HostsDirectory;
        Directory.CreateDirectory(folder);
        var (needed, free) = (contents.Files.Sum(file => (decimal)file.Size), FreeSpace(folder));
        if (needed > free)
            throw new ContainerHostException(
                "import the template",
                $"it unpacks to {needed} bytes, and {folder} has {free} free",
                "free some, or choose another folder by --hosts-directory."
            );
    }

    private static UnusableFileException Unusable(string path, string saw, string @try, Exception inner) =>
        new($"import a template from {path}", saw, @try, inner);
}
