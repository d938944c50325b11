namespace ContainerHost.Hosts.Effective;

/// <summary>What counts for a parameter of a host.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value as a file may have it; null for none, and for a secret.</param>
/// <param name="Origin">Where it comes from, such as <c>command line</c>, <c>host.yaml line 3</c>, <c>kept with the host</c> or <c>default</c>.</param>
/// <param name="Note">What counts where there is no value to show, in words; else null.</param>
public sealed record EffectiveParameter(string Name, string? Value, string Origin, string? Note);
