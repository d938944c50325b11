namespace ContainerHost.Files;

/// <summary>The folders that hosts are made with: for hosts, for media and packages, and for reports. They need not exist.</summary>
public sealed record LocalFolders(string HostsDirectory, string CacheDirectory, string ReportsDirectory)
{
    /// <summary>The bytes that the cache may take before what was used least recently goes; 50 GiB by default.</summary>
    public long CacheLimit { get; init; } = 50L << 30;
}
