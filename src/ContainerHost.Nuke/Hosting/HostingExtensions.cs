using System.Runtime.CompilerServices;

namespace ContainerHost.Targets.Hosting;

/// <summary>Gives components, which have no fields, the state of their build's run.</summary>
internal static class HostingExtensions
{
    private static readonly ConditionalWeakTable<INukeBuild, BuildRun> Runs = [];

    /// <summary>The run of this build; one for all its components.</summary>
    public static BuildRun Run(this IDescribeHosts build) => Runs.GetValue(build, _ => new BuildRun(build));

    /// <summary>Describes a target of ours; the first that is described has the whole call checked, before any engine does anything.</summary>
    public static ITargetDefinition Of(this ITargetDefinition target, IDescribeHosts build, string description)
    {
        build.Run().CheckCall();
        return target.Description(description);
    }

    public static ProvisioningTargets Provisioning(this IProvisionHost build) => new(build, build.Run());

    public static ProvingTargets Proving(this IProveImages build) => new(build, build.Run());

    public static ContainerTargets Containers(this IRunContainers build) => new(build, build.Run());

    public static CloningTargets Cloning(this ICloneHosts build) => new(build, build.Run());

    public static OperatingTargets Operate(this IOperateHosts build) => new(build, build.Run());

    public static ReachTargets Reach(this IReachHosts build) => new(build, build.Run());

    public static LabTargets Labs(this IRunLabs build) => new(build, build.Run());

    public static ManagementTargets Manage(this IManageHosts build) => new(build, build.Run());
}
