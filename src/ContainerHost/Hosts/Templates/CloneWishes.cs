using ContainerHost.Specification;

namespace ContainerHost.Hosts.Templates;

/// <summary>What clones may have of their own: an end of their life, and a private network, of which each of several has the next address.</summary>
internal sealed record CloneWishes(DateTimeOffset? ExpiresAt, PrivateNetwork? PrivateNetwork)
{
    public static CloneWishes None { get; } = new(null, null);
}
