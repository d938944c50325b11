namespace ContainerHost.Machines.HyperV;

/// <summary>What is known of the Windows that runs Hyper-V.</summary>
/// <param name="Build">Windows' build number, such as 20348.</param>
/// <param name="IsServer">True for an edition of Windows Server.</param>
/// <param name="Title">The edition's name, for people.</param>
/// <param name="Vendor">The processor's vendor as CPUID tells it, such as GenuineIntel.</param>
/// <param name="Memory">All of the machine's memory in bytes.</param>
/// <param name="HypervisorRuns">True when a hypervisor runs under this Windows.</param>
/// <param name="FirmwareEnabled">Whether virtualisation is on in the firmware; Windows cannot tell once its hypervisor runs.</param>
internal sealed record WindowsFacts(
    int Build,
    bool IsServer,
    string Title,
    string Vendor,
    long Memory,
    bool HypervisorRuns,
    bool FirmwareEnabled
);
