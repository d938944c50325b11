using ContainerHost.Guests.Debian;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Verification.Checks;

/// <summary>After a reboot of the host the runtime is back by itself and runs containers.</summary>
internal sealed class RebootCheck(TimeSpan limit) : ICheck
{
    public string Id => "reboot";

    public string Title => "The runtime is back after a reboot of the host";

    public async Task<string> RunAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var before = await DebianGuest.GetBootIdAsync(context.Shell, cancellationToken);
        var wait = new Wait("the guest is back after its reboot", limit, "look at its console in serial.log.")
        {
            Host = context.Host,
        };
        context.Shell = await DebianGuest.RebootAsync(
            context.Shell,
            context.Connect,
            wait,
            new Poll(context.Time),
            cancellationToken
        );
        var after = await DebianGuest.GetBootIdAsync(context.Shell, cancellationToken);
        var seen = $"boot id before: {before}\nboot id after: {after}";
        if (context.Spec.Runtime == RuntimeKind.None)
            return seen;
        var info = await context.Runtime.InspectAsync(cancellationToken);
        var run = ContainerScript.Of("verify-reboot", ContainerScript.TellKernel);
        var output = Evidence.OutputOf(await context.Runtime.RunAsync(run, cancellationToken));
        Evidence.Require(
            Evidence.Value(output, "boot") == after,
            "The container does not share the host's new kernel.",
            $"{seen}\n{output}"
        );
        return $"{seen}\n{info.Kind} {info.Version}, {info.ServiceUnit} is active\n{output.Trim()}";
    }
}
