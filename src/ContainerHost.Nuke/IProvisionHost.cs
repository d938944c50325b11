using ContainerHost.Targets.Hosting;

namespace ContainerHost.Targets;

/// <summary>The six targets that take a host from nothing to verified; reusable: <c>class Build : NukeBuild, IProvisionHost</c>.</summary>
public interface IProvisionHost : IDescribeWindows, IDescribeHyperV
{
    [HostParameter]
    string? Provider => TryGetValue(() => Provider);

    [HostParameter]
    string? Guest => TryGetValue(() => Guest);

    [HostParameter]
    string? Cpus => TryGetValue(() => Cpus);

    [HostParameter]
    string? Memory => TryGetValue(() => Memory);

    [HostParameter]
    string? DiskSize => TryGetValue(() => DiskSize);

    [HostParameter]
    string? DataDisk => TryGetValue(() => DataDisk);

    [HostParameter]
    bool KeepData => TryGetValue<bool?>(() => KeepData) ?? false;

    [HostParameter]
    string? Isolation => TryGetValue(() => Isolation);

    [HostParameter]
    string? VmIsolation => TryGetValue(() => VmIsolation);

    [HostParameter]
    string? Runtime => TryGetValue(() => Runtime);

    [HostParameter]
    string? RuntimeVersion => TryGetValue(() => RuntimeVersion);

    [HostParameter]
    bool Locked => TryGetValue<bool?>(() => Locked) ?? false;

    [HostParameter]
    string? LockFile => TryGetValue(() => LockFile);

    [HostParameter, Secret]
    string? Password => TryGetValue(() => Password);

    [HostParameter]
    string? Network => TryGetValue(() => Network);

    [HostParameter]
    string? PrivateNetwork => TryGetValue(() => PrivateNetwork);

    [HostParameter]
    string? Forward => TryGetValue(() => Forward);

    [HostParameter]
    string? Mount => TryGetValue(() => Mount);

    [HostParameter]
    string? GuestProxy => TryGetValue(() => GuestProxy);

    [HostParameter]
    string? DiskImage => TryGetValue(() => DiskImage);

    [HostParameter]
    string? DiskImageSha256 => TryGetValue(() => DiskImageSha256);

    [HostParameter]
    string? Catalog => TryGetValue(() => Catalog);

    [HostParameter]
    string? AnswerFile => TryGetValue(() => AnswerFile);

    /// <summary>The scripts of <c>--provision</c>; the target has its name.</summary>
    [HostParameter(nameof(Provision))]
    string? ProvisionScripts => TryGetValue(() => ProvisionScripts);

    [HostParameter]
    string? ProvisionAs => TryGetValue(() => ProvisionAs);

    [HostParameter]
    string? Check => TryGetValue(() => Check);

    [HostParameter]
    string? Checks => TryGetValue(() => Checks);

    [Parameter("Destroys the host first, if there is one, and makes it anew")]
    bool Recreate => TryGetValue<bool?>(() => Recreate) ?? false;

    Target CheckPrereqs =>
        _ =>
            _.Of(this, "Checks that this machine has what the host needs")
                .Executes(() => this.Provisioning().CheckPrereqsAsync());

    Target DownloadIso =>
        _ =>
            _.Of(this, "Obtains the boot media: built from apt, downloaded, or from the cache")
                .DependsOn(CheckPrereqs)
                .Executes(() => this.Provisioning().DownloadIsoAsync());

    Target CreateVm =>
        _ =>
            _.Of(this, "Creates and starts the virtual machine, and waits until its guest is set up")
                .DependsOn(DownloadIso)
                .Executes(() => this.Provisioning().CreateVmAsync());

    Target Resize =>
        _ =>
            _.Of(this, "Gives a host other processors and memory, by a power cycle, and a larger disk, while it runs")
                .Executes(() => this.Provisioning().ResizeAsync());

    Target EnableNested =>
        _ =>
            _.Of(this, "Exposes virtualisation to the guest, proved from inside")
                .DependsOn(CreateVm)
                .Executes(() => this.Provisioning().EnableNestedAsync());

    Target InstallContainers =>
        _ =>
            _.Of(this, "Installs the container runtime, and what VM isolation needs")
                .DependsOn(EnableNested)
                .Executes(() => this.Provisioning().InstallContainersAsync());

    Target Provision =>
        _ =>
            _.Of(this, "Runs the scripts of --provision in the host, those that ran unchanged only with --force")
                .After(InstallContainers)
                .Executes(() => this.Provisioning().ProvisionAsync());

    Target Verify =>
        _ =>
            _.Of(this, "Proves the host with containers of both kinds, and writes the report")
                .DependsOn(InstallContainers, Provision)
                .Produces(ReportsDirectory / "*" / "verification.*")
                .Executes(() => this.Provisioning().VerifyAsync());
}
