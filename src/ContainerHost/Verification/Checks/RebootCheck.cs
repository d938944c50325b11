using ContainerHost.Guests;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Verification.Checks;

/// <summary>After a reboot of the host the runtime is back by itself and passes a check of its containers.</summary>
internal sealed class RebootCheck(TimeSpan limit, CheckWork afterwards)
{
    public async Task<string> RunAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var before = await context.System.GetBootIdAsync(context.Shell, cancellationToken);
        // The connection's own wait has the same limit, and shows the console when it ends.
        var wait = new Wait(
            "the guest is back after its reboot",
            limit + TimeLimits.SshAttempt,
            "look at its console in serial.log."
        )
        {
            Host = context.Host,
        };
        context.Shell = await GuestReboot.RunAsync(
            context.System,
            context.Shell,
            context.Connect,
            wait,
            new Poll(context.Time),
            cancellationToken
        );
        var after = await context.System.GetBootIdAsync(context.Shell, cancellationToken);
        var seen = $"boot id before: {before}\nboot id after: {after}";
        if (context.Spec.Runtime == RuntimeKind.None)
            return seen;
        var runs = await context.Attend(AfterwardsAsync, cancellationToken);
        return $"{seen}\n{runs}";

        async Task<string> AfterwardsAsync(CancellationToken token) =>
            $"{await GuestChecks.RuntimeAsync(context, token)}\n{await afterwards(context, token)}";
    }
}
