namespace ContainerHost.Verification.Checks;

/// <summary>"Hello, world" from a container that shares the guest's kernel, shown by the same boot id.</summary>
internal static class ProcessIsolationCheck
{
    public static async Task<string> RunAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var greeting = await GuestChecks.GreetAsync(context, cancellationToken);
        var tell = ContainerScript.Of("verify-process", ContainerScript.TellKernel);
        var output = Evidence.OutputOf(await context.Runtime.RunAsync(tell, cancellationToken));
        var host = await context.System.GetBootIdAsync(context.Shell, cancellationToken);
        var seen = $"{greeting}{output}host's boot id: {host}";
        Evidence.Require(
            Evidence.Value(output, "boot") == host,
            "The container does not share the host's kernel.",
            seen
        );
        return seen;
    }
}
