using System.ComponentModel;

/// <summary>The whole build: six targets from nothing to a verified container host, others that look after hosts, and those for work on this project.</summary>
[Description("Turns nothing into a verified container host")]
internal sealed class Build
    : NukeBuild,
        IRunContainers,
        IOperateHosts,
        IReachHosts,
        ICloneHosts,
        IRunLabs,
        IGenerateCi,
        IDevelop,
        IRelease
{
    public static int Main() => HostBuild.Run<Build>(() => Execute<Build>(build => ((IProvisionHost)build).Verify));
}
