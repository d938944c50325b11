namespace ContainerHost.Specification;

/// <summary>A guest the catalogue knows: its id as typed with <c>--guest</c>, what it is in words, its family, and where its medium comes from.</summary>
internal sealed record Guest(string Id, string Title, GuestFamily Family, GuestSource Source)
{
    /// <summary>The build of its Windows, where the id tells it; null for others.</summary>
    public int? Build { get; init; }
}
