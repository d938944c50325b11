using ContainerHost.Specification;

namespace ContainerHost.Verification.Checks.Windows;

/// <summary>"Hello, world" from both kinds of container: the guest's own kernel has the processes of a process-isolated one, and none of a Hyper-V container.</summary>
internal static class WindowsIsolationChecks
{
    private const string Greeting = "Hello, world, from a virtual machine of my own";

    public static async Task<string> ProcessAsync(CheckContext context, CancellationToken cancellationToken)
    {
        const string name = "verify-process";
        var greeting = await GuestChecks.GreetAsync(context, cancellationToken);
        var count = await WindowsContainers.CountOnKernelAsync(context, name, Isolation.Process, cancellationToken);
        var seen = $"{greeting.Trim()}\nprocesses of the container that the host's kernel shows: {count}";
        Evidence.Require(count > 0, "The container does not share the host's kernel.", seen);
        return seen;
    }

    /// <summary>Folders are shared in the same run.</summary>
    public static async Task<string> VmAsync(CheckContext context, CancellationToken cancellationToken)
    {
        const string name = "verify-vm";
        var share = new WindowsShare("vm");
        await share.PrepareAsync(context, cancellationToken);
        var run = WindowsContainers.Of(name, $"echo {Greeting}& {WindowsShare.Line}", Isolation.HyperV, share.Folders);
        var output = await context.RunAsync(run, cancellationToken);
        var greeted = output.Contains(Greeting, StringComparison.Ordinal);
        Evidence.Require(greeted, "The container did not print its greeting.", output);
        var shared = await share.JudgeAsync(context, output, cancellationToken);
        var count = await WindowsContainers.CountOnKernelAsync(context, name, Isolation.HyperV, cancellationToken);
        var seen = $"{Greeting}\n{shared}\nprocesses of the container that the host's kernel shows: {count}";
        Evidence.Require(count == 0, "The container does not run on a kernel of its own.", seen);
        return seen;
    }
}
