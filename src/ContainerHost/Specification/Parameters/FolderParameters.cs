namespace ContainerHost.Specification.Parameters;

/// <summary>The parameters by which a guest has folders of this machine.</summary>
internal static class FolderParameters
{
    // As mount-data.sh has it.
    private const string DataPath = "/data";

    public static IEnumerable<Parameter> Of(Rows<HostSpec> all) =>
        [
            all.Told(
                "mount",
                "Folders of this machine that the guest has at paths of its own, to be written to unless :ro is behind",
                host => host.Mount,
                Change.InPlace,
                FolderMounts.Allowed,
                FolderMounts.ReadTyped
            ) with
            {
                IsList = true,
                IsPath = true,
                Check = Check,
            },
        ];

    private static IEnumerable<string> Check(HostSpec spec)
    {
        if (spec.Mount is null)
            yield break;
        if (spec.Windows is not null)
            yield return "--mount is for Linux guests. scp copies folders into Windows: './build.sh SshConfig --write' first.";
        if (spec.DataDisk is not null && spec.Mount.All.Any(one => FolderMount.IsAtOrBelow(one.GuestPath, DataPath)))
            yield return $"--mount leads to {DataPath}, where the host has its disk for data; take another path of the guest's.";
        if (!OperatingSystem.IsLinux())
            yield return "--mount needs the build to run on Linux: what shuts a guest in the folder that it is given (bubblewrap) is there alone. The target Copy copies folders.";
    }
}
