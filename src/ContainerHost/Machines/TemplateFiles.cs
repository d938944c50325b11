using ContainerHost.Files;
using ContainerHost.Media;

namespace ContainerHost.Machines;

/// <summary>The files of templates that lie in their folder on this machine.</summary>
internal static class TemplateFiles
{
    /// <summary>What must not change once it is sealed: the disks, and what clones go on with.</summary>
    public static IReadOnlyList<string> Of(HostFolder folder, BaseDisk disk) =>
        [
            folder.BaseDisk,
            folder.Disk,
            .. disk.Saved is null ? Array.Empty<string>() : [folder.Memory, folder.MachineState],
        ];

    public static async Task<BaseDisk> SealAsync(HostFolder folder, BaseDisk disk, CancellationToken cancellationToken)
    {
        foreach (var file in Of(folder, disk))
            await CheckedFile.RecordAsync(file, cancellationToken);
        return disk with
        {
            DiskPath = folder.Disk,
            Sha256 = await CheckedFile.DigestOfAsync(folder.Disk, cancellationToken) ?? "",
        };
    }

    public static async Task<IReadOnlyList<TemplateFile>> FindAsync(
        HostFolder folder,
        BaseDisk disk,
        CancellationToken cancellationToken
    )
    {
        var files = new List<TemplateFile>();
        foreach (var path in Of(folder, disk))
            files.Add(await LookAsync(path, path, cancellationToken));
        return files;
    }

    /// <summary>Looks at a file that somebody knows by another path than this machine does.</summary>
    public static async Task<TemplateFile> LookAsync(string path, string here, CancellationToken cancellationToken)
    {
        var file = new FileInfo(here);
        return new TemplateFile(
            path,
            file.Exists ? FileStatus.RoomOf(file) : 0,
            await CheckedFile.DigestOfAsync(here, cancellationToken) is not null
        );
    }
}
