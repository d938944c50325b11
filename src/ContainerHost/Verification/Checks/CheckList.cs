using ContainerHost.Specification;
using ContainerHost.Verification.Checks.Windows;

namespace ContainerHost.Verification.Checks;

/// <summary>Which checks a host must pass, by what was asked for; the same ids for every guest, the reboot last.</summary>
internal static class CheckList
{
    public static IReadOnlyList<Check> For(HostSpec spec, TimeSpan rebootLimit)
    {
        var isWindows = spec.Guest.Family == GuestFamily.WindowsServer;
        CheckWork processIsolation = isWindows ? WindowsProcessIsolationCheck.RunAsync : ProcessIsolationCheck.RunAsync;
        var checks = new List<Check>
        {
            new("login", "Log in with the chosen credentials", GuestChecks.LoginAsync),
            new("address", "A valid IPv4 address, reached from this machine", GuestChecks.AddressAsync),
        };
        if (spec.NeedsNested)
            checks.Add(
                new(
                    "nested-virtualization",
                    "Virtualisation visible in the guest, and a virtual machine started with it",
                    GuestChecks.NestedAsync
                )
            );
        if (spec.Runtime != RuntimeKind.None)
            checks.AddRange(OfContainers(spec.NeedsNested, isWindows, processIsolation));
        var reboot = new RebootCheck(rebootLimit, processIsolation);
        checks.Add(new("reboot", "The runtime is back after a reboot of the host", reboot.RunAsync));
        return checks;
    }

    private static IEnumerable<Check> OfContainers(bool nested, bool isWindows, CheckWork processIsolation)
    {
        yield return new(
            "runtime",
            "The container runtime's service runs and tells its version",
            GuestChecks.RuntimeAsync
        );
        yield return new(
            "image",
            "An image built from a Dockerfile",
            isWindows ? WindowsImageCheck.RunAsync : ImageCheck.RunAsync
        );
        yield return new(
            "process-isolation",
            "Hello, world with process isolation: the host's own kernel",
            processIsolation
        );
        if (nested)
            yield return new(
                "vm-isolation",
                "Hello, world with VM isolation: another kernel, with shared folders",
                isWindows ? WindowsVmIsolationCheck.RunAsync : VmIsolationCheck.RunAsync
            );
        yield return new(
            "shared-folder",
            "A shared folder, read-only and read-write",
            isWindows ? WindowsShare.CheckAsync : ShareFolders.CheckAsync
        );
        yield return isWindows
            ? new(
                "container-world",
                "Own registry, file system, host name and address of a container",
                WindowsWorldCheck.RunAsync
            )
            : new(
                "container-world",
                "Own file system, processes, host name and address of a container",
                OwnWorldCheck.RunAsync
            );
        yield return new(
            "life-cycle",
            "Create, start, stop and remove a container, with nothing left",
            isWindows ? WindowsContainers.CheckLifeAsync : LifeCycle.CheckAsync
        );
    }
}
