namespace Reuse;

/// <summary>A release pipeline that owns the six mission targets and adds one of its own.</summary>
internal sealed class Build : NukeBuild, IProvisionHost
{
    public Target Release =>
        _ => _.Description("Publishes what was proved").DependsOn<IProvisionHost>(x => x.Verify).Executes(() => { });

    public static int Main() => Execute<Build>(x => x.Release);
}
