using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Specification;

namespace ContainerHost.Hosts.Templates;

/// <summary>Lists the templates, the damaged and those that fit elsewhere included; holds none.</summary>
internal sealed class TemplateLister(HostServices services)
{
    private readonly TemplateStore _templates = new(services);

    public async Task<IReadOnlyList<TemplateOverview>> ListAsync(CancellationToken cancellationToken)
    {
        var list = new List<TemplateOverview>();
        foreach (var name in _templates.List())
            list.Add(await LookAtAsync(name, cancellationToken));
        return list;
    }

    public async Task<TemplateOverview> LookAtAsync(HostName name, CancellationToken cancellationToken)
    {
        var overview = new TemplateOverview
        {
            Name = name,
            DiskUsage = 0,
            Clones = _templates.ClonesOf(name),
        };
        try
        {
            var files = new DirectoryInfo(_templates.FolderOf(name).Path).EnumerateFiles();
            overview = overview with { DiskUsage = files.Sum(FileStatus.RoomOf) };
            var template = await _templates.ReadAsync(name, cancellationToken);
            var kept = await _templates.FindFilesAsync(name, template, cancellationToken);
            // Those that lie in its folder are counted.
            var elsewhere = kept.Where(file => !File.Exists(file.Path)).Sum(file => file.Room);
            return overview with
            {
                DiskUsage = overview.DiskUsage + elsewhere,
                Guest = template.Spec.Guest.Id,
                Runtime = $"{template.Spec.Runtime}",
                CreatedAt = template.CreatedAt,
                Problem = await _templates.MisfitOfAsync(template, cancellationToken),
            };
        }
        catch (ContainerHostException damaged)
        {
            return overview with { Problem = damaged.Saw };
        }
        // One that goes meanwhile, or another user's.
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return overview with { Problem = unreadable.Message };
        }
    }
}
