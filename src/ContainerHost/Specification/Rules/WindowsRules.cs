namespace ContainerHost.Specification.Rules;

/// <summary>What parameters of a Windows guest cannot be had together.</summary>
internal sealed class WindowsRules(HostRequest request, HostSpec spec, WindowsSpec windows)
{
    private static readonly string[] ForSetUp = ["answer-file", "time-zone", "keyboard", "product-key"];

    private readonly ProviderFacts _provider = ProviderFacts.Of(spec.Provider);

    public IEnumerable<string> Check() =>
        [
            .. CheckMedium(),
            .. windows.Installation == WindowsInstallation.Apply ? CheckApply() : [],
            .. CheckDevices(),
            .. CheckOpenSsh(),
            .. CheckShell(),
            .. spec.Runtime == RuntimeKind.Docker ? CheckDocker() : CheckOtherRuntime(),
        ];

    private IEnumerable<string> CheckMedium()
    {
        if (spec.DiskImage is not null)
        {
            if (windows.Iso is not null)
                yield return "--iso and --disk-image exclude each other: a host is made from one of them.";
            foreach (var name in ForSetUp.Where(name => request[name] is not null))
                yield return $"--{name} is for set-up, and a --disk-image of Windows is set up already; configure it by cloudbase-init.";
            yield break;
        }
        if (windows is { ProductKeyDigest: not null, Iso: null } && spec.Catalog is null)
            yield return "--product-key needs --iso or --catalog: our catalogue has evaluation media, which take no key.";
        if (windows.LicenseAccepted)
            yield break;
        // What is wrong with the catalogue is told where the guest is looked up.
        var medium = MediaCatalog.Read(spec.Catalog, []).Find(spec.Guest.Id);
        yield return $"{spec.Guest.Title} has licence terms{(medium is null ? "" : $": {medium.Terms}")}. Read them; --accept-license says that you accept them. --guest {_provider.FreeGuest.Id} has none to accept.";
    }

    private IEnumerable<string> CheckApply()
    {
        if (!_provider.AppliesImages)
            yield return "--installation Apply needs Hyper-V: Windows' own DISM, bcdboot and New-VHD make the disk. Use --installation Setup.";
        if (spec.DiskImage is not null)
            yield return "--installation Apply and --disk-image exclude each other: the image is applied already.";
    }

    private IEnumerable<string> CheckDevices()
    {
        if (windows.Devices == DeviceModel.Inbox)
        {
            if (windows.VirtioDrivers is not null)
                yield return "--virtio-drivers needs --devices Virtio.";
            yield break;
        }
        if (!_provider.HasDeviceModels)
            yield return "--devices Virtio needs QEMU: Hyper-V has devices of its own, which Windows knows.";
        if (spec.DiskImage is null && windows.VirtioDrivers is null)
            yield return "--devices Virtio needs --virtio-drivers: Windows' set-up does not see such a disk without. Fedora's virtio-win.iso has them.";
        if (spec.DiskImage is not null && windows.VirtioDrivers is not null)
            yield return "--virtio-drivers is for set-up; a --disk-image must have the drivers already.";
    }

    private IEnumerable<string> CheckOpenSsh()
    {
        // By Microsoft's "OpenSSH for Windows" 2016 has no such package, and 2025 has it installed.
        var isUsed =
            windows.OpenSsh == OpenSshSource.Capability
            || (
                windows.OpenSsh == OpenSshSource.Auto
                && spec.DiskImage is null
                && !Is(WindowsBuilds.Server2016)
                && !Is(WindowsBuilds.Server2025)
            );
        if (windows.OpenSshPackage is not null && !isUsed)
            yield return "--openssh-package needs --openssh Capability; it would not be used here.";
    }

    private IEnumerable<string> CheckShell()
    {
        if (
            windows.Shell == GuestShellKind.Direct
            && (!_provider.ReachesGuestsDirectly || spec.HyperV?.Computer is not null)
        )
            yield return "--guest-shell Direct needs Hyper-V on this machine: PowerShell Direct does not cross the network.";
    }

    private IEnumerable<string> CheckOtherRuntime()
    {
        // Microsoft's hcsshim, by which containerd runs containers, needs Windows Server 2019.
        if (spec.Runtime == RuntimeKind.Containerd && Is(WindowsBuilds.Server2016))
            yield return "--runtime Containerd needs Windows Server 2019 or later. Use --guest windows-server-2022, --runtime Docker with --docker-archive, or --runtime None.";
        if (spec is { Runtime: RuntimeKind.None, RuntimeVersion: not null })
            yield return "--runtime-version needs a runtime, and --runtime None has none.";
        if (windows.DockerArchive is not null)
            yield return "--docker-archive needs --runtime Docker.";
    }

    private IEnumerable<string> CheckDocker()
    {
        if (windows.DockerArchive is not null)
        {
            if (spec.RuntimeVersion is not null)
                yield return "--runtime-version and --docker-archive exclude each other: the archive has its version.";
            if (Is(WindowsBuilds.Server2016) && windows.BaseImage is null)
                yield return "--runtime Docker on Windows Server 2016 needs --base-image: Microsoft publishes no nanoserver of its build any more.";
        }
        else if (Is(WindowsBuilds.Server2016))
        {
            yield return "--runtime Docker on Windows Server 2016 needs --docker-archive with a version that still supports it, such as 20.10.";
        }
        else if (spec.RuntimeVersion is { } wish && DockerArchives.Find(wish) is null)
        {
            var known = string.Join(", ", DockerArchives.All.Select(archive => archive.Version));
            yield return $"--runtime-version '{wish}' of Docker is not known by its digest; {known} are. Bring another with --docker-archive and --docker-archive-sha256.";
        }
    }

    private bool Is(int build) => spec.Guest.Build == build;
}
