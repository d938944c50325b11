namespace ContainerHost.Machines.HyperV;

/// <summary>Every name on the Hyper-V host's disk, in one place; docs/hyper-v.md shows the same list. The paths are Windows' own, wherever the build runs.</summary>
internal sealed record HyperVPaths(string DiskFolder)
{
    public string Root => $@"{DiskFolder.TrimEnd('\\')}\ContainerHost";

    /// <summary>The folder of the base disks, which machines share and never write to.</summary>
    public string Bases => $@"{Root}\bases";

    /// <summary>A base disk, by the fingerprint of what it was made from.</summary>
    public string BaseDisk(string fingerprint) => $@"{Bases}\{fingerprint}.vhdx";

    /// <summary>An installation medium on a remote host, by its SHA-256.</summary>
    public string Medium(string sha256) => $@"{Root}\media\{sha256}.iso";

    /// <summary>The folder of one machine, by its mark.</summary>
    public string Machine(Guid mark) => $@"{Root}\{mark:D}";

    public string Disk(Guid mark) => $@"{Machine(mark)}\disk.vhdx";

    /// <summary>The disk that a template's own lies on.</summary>
    public string TemplateBase(Guid mark) => $@"{Machine(mark)}\base.vhdx";

    /// <summary>The machine's disk for data, where it has one.</summary>
    public string DataDisk(Guid mark) => $@"{Machine(mark)}\data.vhdx";

    public string Seed(Guid mark) => $@"{Machine(mark)}\seed.iso";

    /// <summary>The named pipe on the Hyper-V host that is the machine's COM1.</summary>
    public static string SerialPipe(Guid mark) => $@"\\.\pipe\containerhost-{mark:D}-com1";
}
