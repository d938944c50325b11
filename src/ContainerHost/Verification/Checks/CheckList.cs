using ContainerHost.Specification;

namespace ContainerHost.Verification.Checks;

/// <summary>Which checks a host must pass, by what was asked for; the same ids for every guest, the reboot last, and after it the user's own.</summary>
internal static class CheckList
{
    public static IReadOnlyList<Check> For(
        HostSpec spec,
        ContainerChecks containers,
        TimeSpan rebootLimit,
        bool isClone = false
    )
    {
        const string nested = "Virtualisation visible in the guest, and a virtual machine started with it";
        var list = new List<Check>();
        void Add(string id, string title, CheckWork work) => list.Add(new Check(id, title, work));

        Add("login", "Log in with the chosen credentials", GuestChecks.LoginAsync);
        Add("address", "A valid IPv4 address, reached from this machine", GuestChecks.AddressAsync);
        if (isClone)
            Add("identity", "An identity of its own, and nobody else's key", IdentityCheck.RunAsync);
        if (spec.NeedsNested)
            Add("nested-virtualization", nested, GuestChecks.NestedAsync);
        if (spec.Runtime != RuntimeKind.None)
            AddContainers(containers, spec.NeedsNested, Add);
        var reboot = new RebootCheck(rebootLimit, containers.ProcessIsolation);
        list.Add(
            new Check("reboot", "The runtime is back after a reboot of the host", reboot.RunAsync)
            {
                WatchesGuest = true,
            }
        );
        list.AddRange((spec.OwnChecks ?? []).Select(OwnCheckRun.Of));
        return list;
    }

    private static void AddContainers(ContainerChecks of, bool nested, Action<string, string, CheckWork> add)
    {
        add("runtime", "The container runtime's service runs and tells its version", GuestChecks.RuntimeAsync);
        add("image", "An image built from a Dockerfile", of.Image);
        add("process-isolation", "Hello, world with process isolation: the host's own kernel", of.ProcessIsolation);
        if (nested)
            add("vm-isolation", "Hello, world with VM isolation: another kernel, with shared folders", of.VmIsolation);
        add("shared-folder", "A shared folder, read-only and read-write", of.SharedFolder);
        add("container-world", $"Own {of.World}, host name and address of a container", of.OwnWorld);
        add("life-cycle", "Create, start, stop and remove a container, with nothing left", of.LifeCycle);
    }
}
