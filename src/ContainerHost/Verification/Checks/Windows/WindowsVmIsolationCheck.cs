using ContainerHost.Specification;

namespace ContainerHost.Verification.Checks.Windows;

/// <summary>"Hello, world" from a Hyper-V container: its processes are none of the guest's kernel. Folders are shared in the same run.</summary>
internal static class WindowsVmIsolationCheck
{
    private const string Name = "verify-vm";
    private const string Greeting = "Hello, world, from a virtual machine of my own";

    public static async Task<string> RunAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var share = new WindowsShare("vm");
        await share.PrepareAsync(context, cancellationToken);
        var run = WindowsContainers.Of(Name, $"echo {Greeting}& {WindowsShare.Line}", Isolation.HyperV, share.Folders);
        var output = Evidence.OutputOf(await context.Runtime.RunAsync(run, cancellationToken));
        Evidence.Require(
            output.Contains(Greeting, StringComparison.Ordinal),
            "The container did not print its greeting.",
            output
        );
        var shared = await share.JudgeAsync(context, output, cancellationToken);
        var count = await WindowsContainers.CountOnKernelAsync(context, Name, Isolation.HyperV, cancellationToken);
        var seen = $"{Greeting}\n{shared}\nprocesses of the container that the host's kernel shows: {count}";
        Evidence.Require(count == 0, "The container does not run on a kernel of its own.", seen);
        return seen;
    }
}
