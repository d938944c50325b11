using ContainerHost.Specification;

namespace ContainerHost.Verification.Checks;

/// <summary>Which checks a host must pass, by what was asked for; the same ids for every guest, the reboot last.</summary>
internal static class CheckList
{
    public static IReadOnlyList<Check> For(HostSpec spec, ContainerChecks containers, TimeSpan rebootLimit)
    {
        var reboot = new RebootCheck(rebootLimit, containers.ProcessIsolation);
        return
        [
            new("login", "Log in with the chosen credentials", GuestChecks.LoginAsync),
            new("address", "A valid IPv4 address, reached from this machine", GuestChecks.AddressAsync),
            .. spec.NeedsNested
                ?
                [
                    new Check(
                        "nested-virtualization",
                        "Virtualisation visible in the guest, and a virtual machine started with it",
                        GuestChecks.NestedAsync
                    ),
                ]
                : Array.Empty<Check>(),
            .. spec.Runtime == RuntimeKind.None ? [] : OfContainers(containers, spec.NeedsNested),
            new("reboot", "The runtime is back after a reboot of the host", reboot.RunAsync),
        ];
    }

    private static IEnumerable<Check> OfContainers(ContainerChecks checks, bool nested)
    {
        yield return new(
            "runtime",
            "The container runtime's service runs and tells its version",
            GuestChecks.RuntimeAsync
        );
        yield return new("image", "An image built from a Dockerfile", checks.Image);
        yield return new(
            "process-isolation",
            "Hello, world with process isolation: the host's own kernel",
            checks.ProcessIsolation
        );
        if (nested)
            yield return new(
                "vm-isolation",
                "Hello, world with VM isolation: another kernel, with shared folders",
                checks.VmIsolation
            );
        yield return new("shared-folder", "A shared folder, read-only and read-write", checks.SharedFolder);
        yield return new(
            "container-world",
            $"Own {checks.World}, host name and address of a container",
            checks.OwnWorld
        );
        yield return new(
            "life-cycle",
            "Create, start, stop and remove a container, with nothing left",
            checks.LifeCycle
        );
    }
}
