namespace ContainerHost.Hosts;

/// <summary>A log of a host, as plain text: what it is of, and its end.</summary>
public sealed record HostLog(string Name, string Text);
