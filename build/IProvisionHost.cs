using ContainerHost.Specification;
using Hosting;

/// <summary>The six targets that take a host from nothing to verified; reusable: <c>class Build : NukeBuild, IProvisionHost</c>.</summary>
public interface IProvisionHost : IDescribeHosts
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

    [Parameter("Edition of Windows Server - default is ServerDatacenterCore", ValueProviderMember = nameof(Editions))]
    string? Edition => TryGetValue(() => Edition);

    [Parameter("Installation medium of Windows Server, path or URL - default is the catalogue's")]
    string? Iso => TryGetValue(() => Iso);

    [Parameter("SHA-256 that the installation medium must have; required for a URL")]
    string? IsoSha256 => TryGetValue(() => IsoSha256);

    [Parameter(
        "How Windows Server comes onto the disk: Apply makes one base disk for all hosts, on Hyper-V - default is Setup",
        ValueProviderMember = nameof(Installations)
    )]
    string? Installation => TryGetValue(() => Installation);

    [Parameter("Your own catalogue of installation media, added to ours")]
    string? Catalog => TryGetValue(() => Catalog);

    [Parameter("Says that you accept the licence terms of the installation medium")]
    bool AcceptLicense => TryGetValue<bool?>(() => AcceptLicense) ?? false;

    [Parameter(
        "Disk and network adapter of a Windows guest on QEMU: Virtio is faster and needs drivers - default is Inbox",
        ValueProviderMember = nameof(DeviceModels)
    )]
    string? Devices => TryGetValue(() => Devices);

    [Parameter("Medium of virtio drivers for Windows' set-up, path or URL, such as Fedora's virtio-win.iso")]
    string? VirtioDrivers => TryGetValue(() => VirtioDrivers);

    [Parameter("SHA-256 that the medium of virtio drivers must have; required for a URL")]
    string? VirtioDriversSha256 => TryGetValue(() => VirtioDriversSha256);

    [Parameter(
        "Where a Windows guest's OpenSSH comes from - default is by its version",
        ValueProviderMember = nameof(OpenSshSources)
    )]
    string? Openssh => TryGetValue(() => Openssh);

    [Parameter("Windows' own package of OpenSSH's server (.cab), path or URL, for a guest without Windows Update")]
    string? OpensshPackage => TryGetValue(() => OpensshPackage);

    [Parameter("SHA-256 that the package of OpenSSH's server must have; required for a URL")]
    string? OpensshPackageSha256 => TryGetValue(() => OpensshPackageSha256);

    [Parameter(
        "How a Windows guest is talked to: Direct needs no network in it - default is Ssh",
        ValueProviderMember = nameof(GuestShells)
    )]
    string? GuestShell => TryGetValue(() => GuestShell);

    [Parameter("Network of containers on Windows - default is 172.16.0.0/24")]
    string? ContainerSubnet => TryGetValue(() => ContainerSubnet);

    [Parameter("Archive of Docker Engine for Windows, path or URL - default is one that is known by its digest")]
    string? DockerArchive => TryGetValue(() => DockerArchive);

    [Parameter("SHA-256 that the archive of Docker Engine must have; required for a URL")]
    string? DockerArchiveSha256 => TryGetValue(() => DockerArchiveSha256);

    [Parameter("Archive of a base image for containers on Windows - default is Microsoft's nanoserver")]
    string? BaseImage => TryGetValue(() => BaseImage);

    [Parameter("Your own cloud-config (Debian) or answer file (Windows), merged with ours")]
    string? AnswerFile => TryGetValue(() => AnswerFile);

    [Parameter("Virtual switch of Hyper-V by name - default is the only external one, else the Default Switch")]
    string? Switch => TryGetValue(() => Switch);

    [Parameter("Network adapter to make an external switch on when no switch fits; the host's network blinks")]
    string? CreateSwitchOn => TryGetValue(() => CreateSwitchOn);

    [Parameter("Remote Hyper-V host by name or address - default is this machine")]
    string? HyperVHost => TryGetValue(() => HyperVHost);

    [Parameter("How the remote host is reached - default is Https", ValueProviderMember = nameof(HyperVTransports))]
    string? HyperVTransport => TryGetValue(() => HyperVTransport);

    [Parameter(
        "How the user is authenticated there - default is Negotiate",
        ValueProviderMember = nameof(HyperVAuthentications)
    )]
    string? HyperVAuthentication => TryGetValue(() => HyperVAuthentication);

    [Parameter("User on the remote host, as DOMAIN\\user or user@domain - default is who runs the build")]
    string? HyperVUser => TryGetValue(() => HyperVUser);

    [Parameter("Destroys the host first, if there is one, and makes it anew")]
    bool Recreate => TryGetValue<bool?>(() => Recreate) ?? false;

    IEnumerable<string> Providers => Enum.GetNames<Provider>();

    IEnumerable<string> Guests => GuestCatalog.All.Select(guest => guest.Id);

    IEnumerable<string> Isolations => Enum.GetNames<Isolation>();

    IEnumerable<string> Runtimes => Enum.GetNames<RuntimeKind>();

    IEnumerable<string> VmIsolations => Enum.GetNames<VmIsolationKind>();

    IEnumerable<string> Editions => Enum.GetNames<WindowsEdition>();

    IEnumerable<string> Installations => Enum.GetNames<WindowsInstallation>();

    IEnumerable<string> DeviceModels => Enum.GetNames<DeviceModel>();

    IEnumerable<string> GuestShells => Enum.GetNames<GuestShellKind>();

    IEnumerable<string> OpenSshSources => Enum.GetNames<OpenSshSource>();

    IEnumerable<string> HyperVTransports => Enum.GetNames<HyperVTransport>();

    IEnumerable<string> HyperVAuthentications => Enum.GetNames<HyperVAuthentication>();

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
