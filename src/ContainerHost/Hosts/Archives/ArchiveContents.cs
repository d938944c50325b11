using ContainerHost.Hosts.Templates;
using ContainerHost.Specification;

namespace ContainerHost.Hosts.Archives;

/// <summary>The first file of an archive, contents.json: what is in it, a template or a host, and each file that follows, in their order.</summary>
internal sealed record ArchiveContents
{
    public const int CurrentSchemaVersion = 1;
    public const string FileName = "contents.json";

    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>What it was called.</summary>
    public required HostName Name { get; init; }

    /// <summary>Null in an archive of a host.</summary>
    public Template? Template { get; init; }

    /// <summary>Null in an archive of a template.</summary>
    public ArchivedHost? Host { get; init; }

    public IReadOnlyList<ArchivedFile> Files { get; init; } = [];

    /// <summary>Refuses contents that are of nothing whole, or of other files than such a template or host has.</summary>
    /// <exception cref="BadArchiveException">It is so.</exception>
    public void Check()
    {
        // The names are ours; the archive only repeats them.
        var names = (Template, Host) switch
        {
            ({ } template, null) => ArchivedTemplate.NamesOf(template),
            (null, { } host) => host.FileNames(),
            _ => throw new BadArchiveException("is neither of a template nor of a host"),
        };
        if (!Files.Select(file => file.Name).SequenceEqual(names))
            throw new BadArchiveException($"does not have the files {string.Join(", ", names)}");
        if (Files.FirstOrDefault(file => file.Size < 0) is { } negative)
            throw new BadArchiveException($"has {negative.Size} bytes of {negative.Name}");
        if (Template is not null)
            ArchivedTemplate.RequireMemory(Template, Files);
    }
}
