using ContainerHost.Guests;

namespace ContainerHost.Hosts.Steps;

/// <summary>
/// Sets a guest's clock by this machine's where they differ: it stands while either sleeps, and package lists, certificates and log-ins then fail
/// in words that say nothing of a clock.
/// </summary>
internal static class GuestClock
{
    public static async Task CorrectAsync(StepContext context, IGuestShell shell, CancellationToken cancellationToken)
    {
        var now = context.Services.Time.GetUtcNow();
        var ahead = await context.System.SetClockAsync(shell, now, cancellationToken);
        if (ahead != TimeSpan.Zero)
            context.Services.Log.Warning(
                "The guest's clock was {Off} {Direction:l} this machine's; it is set to {Now:u}",
                ahead.Duration(),
                ahead > TimeSpan.Zero ? "ahead of" : "behind",
                now
            );
    }
}
