namespace ContainerHost.Specification;

/// <summary>What of a request cannot be had together on a Windows guest.</summary>
internal sealed class WindowsRuntimeRules(HostSpec spec, WindowsSpec windows, List<string> problems)
{
    private const string Server2016 = "windows-server-2016";

    public void Check()
    {
        if (
            windows.Shell == GuestShellKind.Direct
            && (spec.Provider != Provider.HyperV || spec.HyperV?.Computer is not null)
        )
            problems.Add(
                "--guest-shell Direct needs Hyper-V on this machine: PowerShell Direct does not cross the network."
            );
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
        if (spec.Guest.Id == Server2016)
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
            if (spec.Guest.Id == Server2016 && windows.BaseImage is null)
                problems.Add(
                    "--runtime Docker on Windows Server 2016 needs --base-image: Microsoft publishes no nanoserver of its build any more."
                );
        }
        else if (spec.Guest.Id == Server2016)
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
}
