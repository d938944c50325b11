using ContainerHost.Targets;
using Nuke.Common;
using Serilog;

/// <summary>A release pipeline with a lab host: the six targets from the package, and one of its own among them.</summary>
internal sealed class Build : NukeBuild, IProvisionHost, IManageHosts
{
    private Target PrepareLab =>
        _ =>
            _.Description("Puts the lab's banner into the host")
                .DependsOn<IProvisionHost>(x => x.InstallContainers)
                .DependentFor<IProvisionHost>(x => x.Verify)
                .Executes(() =>
                    this.WithHostsAsync(
                        async (hosts, token) =>
                        {
                            var shell = hosts.Shell(((IDescribeHosts)this).Request.ReadName());
                            var said = await shell.RunAsync("echo 'Release lab' | tee /etc/motd", token);
                            Log.Information("The host greets with: {Banner}", said.StandardOutput.Trim());
                        }
                    )
                );

    public static int Main() => HostBuild.Run<Build>(() => Execute<Build>(x => ((IProvisionHost)x).Verify));
}
