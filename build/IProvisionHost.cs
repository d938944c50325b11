using ContainerHost.Specification;
using Hosting;

/// <summary>The six targets that take a host from nothing to verified; reusable: <c>class Build : NukeBuild, IProvisionHost</c>.</summary>
public interface IProvisionHost : IDescribeWindows, IDescribeHyperV
{
    [Parameter("Hypervisor - default is Auto", ValueProviderMember = nameof(Providers))]
    string? Provider => TryGetValue(() => Provider);

    [Parameter(
        "Guest's operating system - default is debian-12 on QEMU, debian-12-cloud on Hyper-V",
        ValueProviderMember = nameof(Guests)
    )]
    string? Guest => TryGetValue(() => Guest);

    [Parameter("Virtual processors - default is 2")]
    string? Cpus => TryGetValue(() => Cpus);

    [Parameter("Memory, like 512MiB or 2GiB - default is 2GiB")]
    string? Memory => TryGetValue(() => Memory);

    [Parameter("Disk as the guest sees it, sparse - default is 20GiB")]
    string? DiskSize => TryGetValue(() => DiskSize);

    [Parameter("Kinds of container the host must run - default is Both", ValueProviderMember = nameof(Isolations))]
    string? Isolation => TryGetValue(() => Isolation);

    [Parameter(
        "What gives a Debian guest's containers VMs of their own - default is MicroVm",
        ValueProviderMember = nameof(VmIsolations)
    )]
    string? VmIsolation => TryGetValue(() => VmIsolation);

    [Parameter("What runs the containers - default is Containerd", ValueProviderMember = nameof(Runtimes))]
    string? Runtime => TryGetValue(() => Runtime);

    [Parameter(
        "Version of containerd's own release, or of Docker on Windows: latest, 2.1.4, or a range like 2.1 - default is the guest's package, or the latest"
    )]
    string? RuntimeVersion => TryGetValue(() => RuntimeVersion);

    [Parameter("Makes the host from its lock file alone, and fails on any difference")]
    bool Locked => TryGetValue<bool?>(() => Locked) ?? false;

    [Parameter("Lock file of another host or machine - default is the host's own")]
    string? LockFile => TryGetValue(() => LockFile);

    [
        Parameter(
            "Log-in password of the guest's user 'admin' - default is a generated one, kept in the host's folder"
        ),
        Secret
    ]
    string? Password => TryGetValue(() => Password);

    [Parameter("Ready disk image to boot from, path or URL, instead of the guest's own medium")]
    string? DiskImage => TryGetValue(() => DiskImage);

    [Parameter("SHA-256 that the disk image must have; required for a URL")]
    string? DiskImageSha256 => TryGetValue(() => DiskImageSha256);

    [Parameter("Your own cloud-config (Debian) or answer file (Windows), merged with ours")]
    string? AnswerFile => TryGetValue(() => AnswerFile);

    [Parameter("Destroys the host first, if there is one, and makes it anew")]
    bool Recreate => TryGetValue<bool?>(() => Recreate) ?? false;

    IEnumerable<string> Providers => Enum.GetNames<Provider>();

    IEnumerable<string> Guests => GuestCatalog.All.Select(guest => guest.Id);

    IEnumerable<string> Isolations => Enum.GetNames<Isolation>();

    IEnumerable<string> Runtimes => Enum.GetNames<RuntimeKind>();

    IEnumerable<string> VmIsolations => Enum.GetNames<VmIsolationKind>();

    HostRequest IDescribeHosts.Request =>
        new()
        {
            Name = Name,
            Provider = Provider,
            Guest = Guest,
            Cpus = Cpus,
            Memory = Memory,
            DiskSize = DiskSize,
            Isolation = Isolation,
            VmIsolation = VmIsolation,
            Runtime = Runtime,
            RuntimeVersion = RuntimeVersion,
            Locked = Locked,
            LockFile = LockFile,
            Password = Password,
            DiskImage = DiskImage,
            DiskImageSha256 = DiskImageSha256,
            AnswerFile = AnswerFile,
            Edition = Edition,
            Iso = Iso,
            IsoSha256 = IsoSha256,
            Catalog = Catalog,
            Installation = Installation,
            AcceptLicense = AcceptLicense,
            Devices = Devices,
            VirtioDrivers = VirtioDrivers,
            VirtioDriversSha256 = VirtioDriversSha256,
            OpenSsh = Openssh,
            OpenSshPackage = OpensshPackage,
            OpenSshPackageSha256 = OpensshPackageSha256,
            GuestShell = GuestShell,
            ContainerSubnet = ContainerSubnet,
            DockerArchive = DockerArchive,
            DockerArchiveSha256 = DockerArchiveSha256,
            BaseImage = BaseImage,
            Switch = Switch,
            CreateSwitchOn = CreateSwitchOn,
            HyperVHost = HyperVHost,
            HyperVTransport = HyperVTransport,
            HyperVAuthentication = HyperVAuthentication,
            HyperVUser = HyperVUser,
            HyperVPassword = HyperVPassword,
            Timeout = Timeout,
        };

    Target CheckPrereqs =>
        _ =>
            _.Description("Checks that this machine has what the host needs")
                .Executes(() => this.Provision().CheckPrereqsAsync());

    Target DownloadIso =>
        _ =>
            _.Description("Obtains the boot media: built from apt, downloaded, or from the cache")
                .DependsOn(CheckPrereqs)
                .Executes(() => this.Provision().DownloadIsoAsync());

    Target CreateVm =>
        _ =>
            _.Description("Creates and starts the virtual machine, and waits until its guest is set up")
                .DependsOn(DownloadIso)
                .Executes(() => this.Provision().CreateVmAsync());

    Target EnableNested =>
        _ =>
            _.Description("Exposes virtualisation to the guest, proved from inside")
                .DependsOn(CreateVm)
                .Executes(() => this.Provision().EnableNestedAsync());

    Target InstallContainers =>
        _ =>
            _.Description("Installs the container runtime, and what VM isolation needs")
                .DependsOn(EnableNested)
                .Executes(() => this.Provision().InstallContainersAsync());

    Target Verify =>
        _ =>
            _.Description("Proves the host with containers of both kinds, and writes the report")
                .DependsOn(InstallContainers)
                .Produces(ReportsDirectory / "*" / "verification.*")
                .Executes(() => this.Provision().VerifyAsync());
}
