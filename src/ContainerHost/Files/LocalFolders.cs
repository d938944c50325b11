namespace ContainerHost.Files;

/// <summary>The folders that hosts are made with: for hosts, for media and packages, and for reports. They need not exist.</summary>
public sealed record LocalFolders(string HostsDirectory, string CacheDirectory, string ReportsDirectory);
