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
        var files = new DirectoryInfo(_templates.FolderOf(name).Path).EnumerateFiles();
        var overview = new TemplateOverview
        {
            Name = name,
            DiskUsage = files.Sum(FileStatus.RoomOf),
            Clones = _templates.ClonesOf(name),
        };
        try
        {
            var template = await _templates.ReadAsync(name, cancellationToken);
            return overview with
            {
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
    }
}
