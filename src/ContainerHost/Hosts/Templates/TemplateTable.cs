using ContainerHost.Specification;

namespace ContainerHost.Hosts.Templates;

/// <summary>The list of templates as text for people.</summary>
public static class TemplateTable
{
    /// <summary>A line a template; ages are relative to <paramref name="now"/>, and cells are wrapped where <paramref name="width"/> is not null.</summary>
    public static string Render(IEnumerable<TemplateOverview> templates, DateTimeOffset now, int? width) =>
        TextTable.Render(
            ["NAME", "GUEST", "RUNTIME", "AGE", "DISK", "CLONES", "FITS HERE"],
            templates.Select(template =>
                (IReadOnlyList<string>)
                    [
                        template.Name.Value,
                        template.Guest ?? "-",
                        template.Runtime ?? "-",
                        template.CreatedAt is { } created ? HostTable.Age(now - created) : "-",
                        new ByteSize(template.DiskUsage).ToHumanString(),
                        template.Clones.Count == 0 ? "-" : string.Join(", ", template.Clones),
                        template.Problem is null ? "yes" : $"no: {template.Problem}",
                    ]
            ),
            width
        );
}
