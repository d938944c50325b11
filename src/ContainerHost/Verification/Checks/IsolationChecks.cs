using ContainerHost.Specification;

namespace ContainerHost.Verification.Checks;

/// <summary>"Hello, world" from a container that shares the guest's kernel, and from one in a VM of its own, told by the kernel's boot id.</summary>
internal static class IsolationChecks
{
    private const string Greeting = "Hello, world, from a virtual machine of my own";

    public static async Task<string> ProcessAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var greeting = await GuestChecks.GreetAsync(context, cancellationToken);
        var tell = ContainerScript.Of("verify-process", ContainerScript.TellKernel);
        var output = await context.RunAsync(tell, cancellationToken);
        var host = await context.System.GetBootIdAsync(context.Shell, cancellationToken);
        var seen = $"{greeting}{output}host's boot id: {host}";
        const string problem = "The container does not share the host's kernel.";
        Evidence.Require(Evidence.Value(output, "boot") == host, problem, seen);
        return seen;
    }

    /// <summary>Another boot id, and the text on that VM's console. Folders are shared in the same run, since each costs the boot of a machine.</summary>
    public static async Task<string> VmAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var share = new ShareFolders(context.Shell, "vm");
        await share.PrepareAsync(cancellationToken);
        var script = $"echo {Greeting}; {ContainerScript.TellKernel}{ShareFolders.Script}";
        var run = ContainerScript.Of("verify-vm", script, Isolation.HyperV, share.Folders);
        var result = await context.Runtime.RunAsync(run, cancellationToken);
        var output = Evidence.OutputOf(result);
        var host = await context.System.GetBootIdAsync(context.Shell, cancellationToken);
        var seen = $"{output}host's boot id: {host}\nconsole of the container's machine:\n{result.Console}";
        Evidence.Require(
            Evidence.Value(output, "boot") is { Length: 36 } boot && boot != host,
            "The container does not run on a kernel of its own.",
            seen
        );
        // Kata keeps its machines' consoles to itself.
        Evidence.Require(
            context.Spec.VmIsolation == VmIsolationKind.Kata
                || result.Console?.Contains(Greeting, StringComparison.Ordinal) == true,
            "The console of the container's machine does not show its greeting.",
            seen
        );
        return $"{await share.JudgeAsync(output, cancellationToken)}\n{seen}";
    }
}
