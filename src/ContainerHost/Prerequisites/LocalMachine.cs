using ContainerHost.Machines.Qemu;

namespace ContainerHost.Prerequisites;

/// <summary>Where this machine tells about itself; a test puts folders of its own in.</summary>
internal sealed record LocalMachine
{
    public string ProcDirectory { get; init; } = "/proc";

    public string KeyringsDirectory { get; init; } = "/usr/share/keyrings";

    public string FirmwareDirectory { get; init; } = QemuFirmware.Folder;

    public string AptListsDirectory { get; init; } = "/var/lib/apt/lists";

    /// <summary>The bytes that this user may still write to the file system of an existing folder.</summary>
    public Func<string, long> FreeSpace { get; init; } = folder => new DriveInfo(folder).AvailableFreeSpace;
}
