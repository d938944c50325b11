using ContainerHost.Prerequisites;
using ContainerHost.Specification;

namespace ContainerHost.Machines.HyperV;

/// <summary>
/// What is known of the Windows that runs Hyper-V: its build number, its edition for people, the processor's vendor as CPUID tells it, all of
/// the machine's memory. Whether virtualisation is on in the firmware Windows cannot tell once its hypervisor runs.
/// </summary>
internal sealed record WindowsFacts(
    int Build,
    bool IsServer,
    string Title,
    string Vendor,
    ByteSize Memory,
    bool HypervisorRuns,
    bool FirmwareEnabled
)
{
    // Win32_Processor.Architecture (MicrosoftDocs/win32, win32-processor.md).
    private const ushort X64 = 9;

    /// <summary>The name that the host's own object paths have: its NetBIOS name, however it is called here.</summary>
    public string Name { get; init; } = "";

    public ushort Architecture { get; init; } = X64;

    /// <summary>Logical processors; 0 when not told.</summary>
    public int Processors { get; init; }

    public bool IsX64 => Architecture == X64;

    /// <summary>The least configuration version of a machine that nests (the page named below: 8.0 on Intel, 10.0 on AMD).</summary>
    public Version LeastConfiguration => Vendor == "AuthenticAMD" ? new(10, 0) : new(8, 0);

    /// <summary>
    /// Whether guests can have virtualisation of their own, by processor and Windows (Microsoft's "Run Hyper-V in a virtual machine": Intel from
    /// Windows Server 2016 and Windows 10, AMD from Windows Server 2022 and Windows 11).
    /// </summary>
    public Finding Nesting()
    {
        var (least, name) = this switch
        {
            { Vendor: "GenuineIntel" } => (WindowsBuilds.Server2016, "Windows Server 2016 or Windows 10 1607"),
            { Vendor: "AuthenticAMD", IsServer: true } => (WindowsBuilds.Server2022, "Windows Server 2022"),
            { Vendor: "AuthenticAMD" } => (WindowsBuilds.Windows11, "Windows 11"),
            _ => (int.MaxValue, ""),
        };
        if (least == int.MaxValue)
            return new(false, $"Hyper-V nests on processors of Intel and AMD; this one is from '{Vendor}'");
        return Build >= least
            ? new(true, $"build {Build} on {Vendor}, which Hyper-V nests on from build {least} on")
            : new(false, $"build {Build} on {Vendor}; Hyper-V nests there from {name} (build {least}) on");
    }
}
