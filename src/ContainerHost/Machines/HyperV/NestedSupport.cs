using ContainerHost.Specification;

namespace ContainerHost.Machines.HyperV;

/// <summary>
/// Whether guests can have virtualisation of their own, by processor and Windows (Microsoft's "Run Hyper-V in a virtual machine": Intel from
/// Windows Server 2016 and Windows 10, AMD from Windows Server 2022 and Windows 11).
/// </summary>
internal static class NestedSupport
{
    /// <summary>The least configuration version of a machine that nests (the same page: 8.0 on Intel, 10.0 on AMD).</summary>
    public static Version LeastConfiguration(WindowsFacts facts) =>
        facts.Vendor == "AuthenticAMD" ? new(10, 0) : new(8, 0);

    public static (bool Can, string Reason) Of(WindowsFacts facts)
    {
        var (least, name) = facts switch
        {
            { Vendor: "GenuineIntel" } => (WindowsBuilds.Server2016, "Windows Server 2016 or Windows 10 1607"),
            { Vendor: "AuthenticAMD", IsServer: true } => (WindowsBuilds.Server2022, "Windows Server 2022"),
            { Vendor: "AuthenticAMD" } => (WindowsBuilds.Windows11, "Windows 11"),
            _ => (int.MaxValue, ""),
        };
        if (least == int.MaxValue)
            return (false, $"Hyper-V nests on processors of Intel and AMD; this one is from '{facts.Vendor}'");
        return facts.Build >= least
            ? (true, $"build {facts.Build} on {facts.Vendor}, which Hyper-V nests on from build {least} on")
            : (false, $"build {facts.Build} on {facts.Vendor}; Hyper-V nests there from {name} (build {least}) on");
    }
}
