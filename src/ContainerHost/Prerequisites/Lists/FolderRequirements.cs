using ContainerHost.Files;
using ContainerHost.Specification;

namespace ContainerHost.Prerequisites.Lists;

/// <summary>What a host needs of the folders it is made with, whatever the hypervisor.</summary>
internal static class FolderRequirements
{
    public const string CacheAccess = "write-cache";

    // A medium that is applied to a base disk takes the disk's room too.
    private static ByteSize CacheSize(HostSpec spec) =>
        spec.Windows?.Installation == WindowsInstallation.Apply ? ByteSize.FromGiB(20) : spec.Guest.Family.Cache;

    /// <summary>Room for the disk, which may grow to its whole size, and for the media and packages in the cache.</summary>
    public static IEnumerable<RequirementCheck> Space(
        HostSpec spec,
        LocalFolders paths,
        HostFolder host,
        LocalMachine machine
    ) =>
        [
            new(
                new Requirement
                {
                    Id = "disk-hosts",
                    Title = "Disk space for the host",
                    How = "The free space where --hosts-directory lies is read.",
                    Needed = spec.DiskSize.ToHumanString(),
                    Fix = "free some space, or choose another --hosts-directory or a smaller --disk-size.",
                },
                () => FolderProbes.Space(paths.HostsDirectory, spec.DiskSize, host, machine)
            ),
            CacheSpace(spec, paths, host, machine),
        ];

    /// <summary>Room for the media and packages in the cache.</summary>
    public static RequirementCheck CacheSpace(
        HostSpec spec,
        LocalFolders paths,
        HostFolder host,
        LocalMachine machine
    ) =>
        new(
            new Requirement
            {
                Id = "disk-cache",
                Title = "Disk space for the cache",
                How = "The free space where --cache-directory lies is read.",
                Needed = CacheSize(spec).ToHumanString(),
                Fix = "free some space, or choose another --cache-directory.",
            },
            () => FolderProbes.Space(paths.CacheDirectory, CacheSize(spec), host, machine)
        );

    public static IEnumerable<RequirementCheck> Access(LocalFolders paths) =>
        [
            Writable("write-hosts", "the hosts' folder", paths.HostsDirectory, ", or choose another --hosts-directory"),
            Writable(CacheAccess, "the cache", paths.CacheDirectory, ", or choose another --cache-directory"),
            Writable("write-reports", "the reports' folder", paths.ReportsDirectory, ""),
        ];

    public static RequirementCheck FreeName(HostFolder host) =>
        new(
            new Requirement
            {
                Id = "name-folder",
                Title = "The name is free among the hosts",
                How = "The host's folder is looked at: absent, empty, or with our state.",
                Needed = "no one else's files",
                Fix = $"choose another --name, or move away what is in {host.Path}.",
            },
            () => FolderProbes.Ours(host)
        );

    private static RequirementCheck Writable(string id, string what, string path, string orElse) =>
        new(
            new Requirement
            {
                Id = id,
                Title = $"Write access to {what}",
                How = "A file is written there and deleted.",
                Needed = path,
                Fix = $"let this user write to {path}{orElse}.",
            },
            token => FolderProbes.WritableAsync(path, token)
        );
}
