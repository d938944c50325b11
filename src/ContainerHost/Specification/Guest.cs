namespace ContainerHost.Specification;

/// <summary>A guest the catalogue knows: its id as typed with <c>--guest</c>, its family and what it is in words.</summary>
public sealed record Guest(string Id, GuestFamily Family, string Title);
