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

    /// <summary>Room for the disks, which may grow to their whole size, and for the media and packages in the cache.</summary>
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
                    Needed = spec.AllDisks.ToHumanString(),
                    Fix =
                        "free some space, or choose another --hosts-directory or a smaller --disk-size or --data-disk.",
                },
                () => LookForSpace(paths.HostsDirectory, spec.AllDisks, host, machine)
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
            () => LookForSpace(paths.CacheDirectory, CacheSize(spec), host, machine)
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
            () => LookForForeign(host)
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
            token => WriteAsync(path, token)
        );

    // A host that has its disk needs no more.
    private static Finding LookForSpace(string path, ByteSize needed, HostFolder host, LocalMachine machine)
    {
        if (Nearest(path) is not { } folder)
            return new Finding(false, $"{path} is not a folder");
        var free = new ByteSize(machine.FreeSpace(folder));
        var found = $"{free.ToHumanString()} free at {folder}";
        return File.Exists(host.Disk)
            ? new Finding(true, found, "none: the host has its disk")
            : new Finding(free >= needed, found);
    }

    // The file is written in the folder itself or where it will be made.
    private static async Task<Finding> WriteAsync(string path, CancellationToken cancellationToken)
    {
        if (Nearest(path) is not { } folder)
            return new Finding(false, $"{path} is not a folder, or lies under a file");
        try
        {
            var name = Path.Combine(folder, $".write-{Guid.NewGuid():N}");
            await using var file = File.Create(name, bufferSize: 1, FileOptions.DeleteOnClose);
            await file.WriteAsync(new byte[1], cancellationToken);
            await file.FlushAsync(cancellationToken);
            return new Finding(true, $"a file was written to {folder}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Finding(false, exception.Message);
        }
    }

    private static Finding LookForForeign(HostFolder host)
    {
        if (File.Exists(host.State))
            return new Finding(true, $"{host.Path} is our host");
        if (File.Exists(host.Path))
            return new Finding(false, $"{host.Path} is a file");
        try
        {
            return host.FindForeign() is { } foreign
                ? new Finding(false, $"{host.Path} has '{foreign}' in it but no state of ours")
                : new Finding(true, "free");
        }
        catch (UnauthorizedAccessException exception)
        {
            return new Finding(false, exception.Message);
        }
    }

    // The folder itself or the nearest one above that exists; null when a file is in the way.
    private static string? Nearest(string path)
    {
        var folder = Path.GetFullPath(path);
        while (!Directory.Exists(folder))
        {
            if (File.Exists(folder) || Path.GetDirectoryName(folder) is not { } parent)
                return null;
            folder = parent;
        }
        return folder;
    }
}
