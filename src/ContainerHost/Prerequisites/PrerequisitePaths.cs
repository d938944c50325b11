namespace ContainerHost.Prerequisites;

/// <summary>The folders that a host is made with: for hosts, for media and packages, and for reports. They need not exist.</summary>
public sealed record PrerequisitePaths(string HostsDirectory, string CacheDirectory, string ReportsDirectory);
