using ContainerHost.Processes;

namespace ContainerHost.Prerequisites;

/// <summary>This machine as requirements ask it: by its programs, and where it tells about itself.</summary>
internal sealed record LocalMachine(IProcessRunner Processes)
{
    // A test puts folders of its own in.
    internal string ProcDirectory { get; init; } = "/proc";

    internal string KeyringsDirectory { get; init; } = "/usr/share/keyrings";

    /// <summary>Where the package <c>ovmf</c> puts its firmware.</summary>
    internal string FirmwareDirectory { get; init; } = FirmwareFolder;

    internal string AptListsDirectory { get; init; } = "/var/lib/apt/lists";

    /// <summary>The bytes that this user may still write to the file system of an existing folder.</summary>
    internal Func<string, long> FreeSpace { get; init; } = folder => new DriveInfo(folder).AvailableFreeSpace;

    internal const string FirmwareFolder = "/usr/share/OVMF";
}
