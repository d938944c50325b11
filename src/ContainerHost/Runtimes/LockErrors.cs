using ContainerHost.Errors;

namespace ContainerHost.Runtimes;

/// <summary>What can be wrong with a host that is made from a lock file.</summary>
internal static class LockErrors
{
    private const string Advice =
        "leave --locked away to resolve everything anew, or give the lock file of such a host with --lock-file.";

    public static ContainerHostException Lacks(string what) =>
        new("make the host from its lock file alone", $"the lock file does not list {what}", Advice);

    public static ContainerHostException Differs(string what, string locked, string found) =>
        new(
            "make the host from its lock file alone",
            $"{what}: the lock file has {locked}, but there is {found}",
            Advice
        );
}
