using ContainerHost.Targets.Hosting;

namespace ContainerHost.Targets;

/// <summary>The target that runs one container on a host; reusable: <c>class Build : NukeBuild, IRunContainers</c>.</summary>
public interface IRunContainers : IManageHosts, IProveImages
{
    Target RunContainer =>
        _ =>
            _.Of(this, "Runs a container of an image that the host has, with --isolation, and ends with its exit code")
                .After(Verify, InstallContainers)
                .Executes(() => this.Containers().RunAsync());
}
