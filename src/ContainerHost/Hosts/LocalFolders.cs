namespace ContainerHost.Hosts;

/// <summary>Where everything is kept on this machine; a null cache folder means the user's own, by the platform's convention.</summary>
public sealed record LocalFolders(string HostsDirectory, string? CacheDirectory, string ReportsDirectory);
