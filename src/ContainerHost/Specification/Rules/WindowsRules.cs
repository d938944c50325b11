namespace ContainerHost.Specification.Rules;

/// <summary>What parameters of a Windows guest cannot be had together.</summary>
internal sealed class WindowsRules(HostRequest request, HostSpec spec, WindowsSpec windows, List<string> problems)
{
    private readonly ProviderFacts _provider = ProviderFacts.Of(spec.Provider);

    public void Check()
    {
        CheckMedium();
        if (windows.Installation == WindowsInstallation.Apply)
            CheckApply();
        CheckDevices();
        CheckOpenSsh();
        CheckShell();
        CheckRuntime();
    }

    private void CheckMedium()
    {
        if (spec.DiskImage is not null)
        {
            if (windows.Iso is not null)
                problems.Add("--iso and --disk-image exclude each other: a host is made from one of them.");
            if (request["answer-file"] is not null)
                problems.Add(
                    "--answer-file is for set-up, and a --disk-image of Windows is set up already; configure it by cloudbase-init."
                );
            return;
        }
        if (windows.LicenseAccepted)
            return;
        // What is wrong with the catalogue is told where the guest is looked up.
        var medium = MediaCatalog.Read(windows.Catalog, []).Find(spec.Guest.Id);
        problems.Add(
            $"{spec.Guest.Title} has licence terms{(medium is null ? "" : $": {medium.Terms}")}. Read them; --accept-license says that you accept them."
        );
    }

    private void CheckApply()
    {
        if (!_provider.AppliesImages)
            problems.Add(
                "--installation Apply needs Hyper-V: Windows' own DISM, bcdboot and New-VHD make the disk. Use --installation Setup."
            );
        if (spec.DiskImage is not null)
            problems.Add("--installation Apply and --disk-image exclude each other: the image is applied already.");
    }

    private void CheckDevices()
    {
        if (windows.Devices == DeviceModel.Inbox)
        {
            if (windows.VirtioDrivers is not null)
                problems.Add("--virtio-drivers needs --devices Virtio.");
            return;
        }
        if (!_provider.HasDeviceModels)
            problems.Add("--devices Virtio needs QEMU: Hyper-V has devices of its own, which Windows knows.");
        if (spec.DiskImage is null && windows.VirtioDrivers is null)
            problems.Add(
                "--devices Virtio needs --virtio-drivers: Windows' set-up does not see such a disk without. Fedora's virtio-win.iso has them."
            );
        if (spec.DiskImage is not null && windows.VirtioDrivers is not null)
            problems.Add("--virtio-drivers is for set-up; a --disk-image must have the drivers already.");
    }

    private void CheckOpenSsh()
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
            problems.Add("--openssh-package needs --openssh Capability; it would not be used here.");
    }

    private void CheckShell()
    {
        if (
            windows.Shell == GuestShellKind.Direct
            && (!_provider.ReachesGuestsDirectly || spec.HyperV?.Computer is not null)
        )
            problems.Add(
                "--guest-shell Direct needs Hyper-V on this machine: PowerShell Direct does not cross the network."
            );
    }

    private void CheckRuntime()
    {
        switch (spec.Runtime)
        {
            case RuntimeKind.Containerd:
                CheckContainerd();
                break;
            case RuntimeKind.Docker:
                CheckDocker();
                break;
            default:
                if (spec.RuntimeVersion is not null)
                    problems.Add("--runtime-version needs a runtime, and --runtime None has none.");
                break;
        }
        if (windows.DockerArchive is not null && spec.Runtime != RuntimeKind.Docker)
            problems.Add("--docker-archive needs --runtime Docker.");
    }

    // Microsoft's hcsshim, by which containerd runs containers, needs Windows Server 2019.
    private void CheckContainerd()
    {
        if (Is(WindowsBuilds.Server2016))
            problems.Add(
                "--runtime Containerd needs Windows Server 2019 or later. Use --guest windows-server-2022, --runtime Docker with --docker-archive, or --runtime None."
            );
    }

    private void CheckDocker()
    {
        if (windows.DockerArchive is not null)
        {
            if (spec.RuntimeVersion is not null)
                problems.Add("--runtime-version and --docker-archive exclude each other: the archive has its version.");
            if (Is(WindowsBuilds.Server2016) && windows.BaseImage is null)
                problems.Add(
                    "--runtime Docker on Windows Server 2016 needs --base-image: Microsoft publishes no nanoserver of its build any more."
                );
        }
        else if (Is(WindowsBuilds.Server2016))
        {
            problems.Add(
                "--runtime Docker on Windows Server 2016 needs --docker-archive with a version that still supports it, such as 20.10."
            );
        }
        else if (spec.RuntimeVersion is { } wish && DockerArchives.Find(wish) is null)
        {
            var known = string.Join(", ", DockerArchives.All.Select(archive => archive.Version));
            problems.Add(
                $"--runtime-version '{wish}' of Docker is not known by its digest; {known} are. Bring another with --docker-archive and --docker-archive-sha256."
            );
        }
    }

    private bool Is(int build) => spec.Guest.Build == build;
}
