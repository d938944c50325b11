using ContainerHost.Specification;

namespace ContainerHost.Verification.Checks.Windows;

/// <summary>"Hello, world" from a container that shares the guest's kernel, shown by its processes being among the guest's own.</summary>
internal static class WindowsProcessIsolationCheck
{
    private const string Name = "verify-process";

    public static async Task<string> RunAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var greeting = await GuestChecks.GreetAsync(context, cancellationToken);
        var count = await WindowsContainers.CountOnKernelAsync(context, Name, Isolation.Process, cancellationToken);
        var seen = $"{greeting.Trim()}\nprocesses of the container that the host's kernel shows: {count}";
        Evidence.Require(count > 0, "The container does not share the host's kernel.", seen);
        return seen;
    }
}
