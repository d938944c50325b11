using ContainerHost.Specification;

namespace ContainerHost.Hosts.Life;

/// <summary>A host or template whose lifetime has ended, with its folder and its mark.</summary>
internal sealed record EndedLease(HostName Name, bool IsTemplate, string Folder, DateTimeOffset EndedAt, Guid Mark)
{
    public override string ToString() => IsTemplate ? $"the template '{Name}'" : $"'{Name}'";
}
