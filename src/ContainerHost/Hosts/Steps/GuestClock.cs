using ContainerHost.Guests;

namespace ContainerHost.Hosts.Steps;

/// <summary>
/// Sets a guest's clock by this machine's where they differ: it stands while either sleeps, and goes back with a checkpoint. Package lists, certificates and log-ins
/// then fail in words that say nothing of a clock.
/// </summary>
internal static class GuestClock
{
    private static readonly TimeSpan Harmless = TimeSpan.FromSeconds(2);

    // A guest that answers within that is sure enough; under emulation the first answer is slow, since a session begins with it.
    private static readonly TimeSpan Quick = TimeSpan.FromSeconds(1);
    private const int MostLooks = 3;

    /// <summary>Returns what was seen and done, in words: "clock 0.1 s behind this machine, ...".</summary>
    public static async Task<string> CorrectAsync(
        StepContext context,
        IGuestShell shell,
        CancellationToken cancellationToken
    )
    {
        var seen = await LookAsync(context, shell, cancellationToken);
        if (!seen.IsOver(Harmless))
            return $"clock {seen}";
        await context.System.MoveClockAsync(shell, -seen.Ahead, cancellationToken);
        var now = await LookAsync(context, shell, cancellationToken);
        context.Services.Log.Warning("The guest's clock was {Seen:l}; it was set, and is {Now:l}", seen, now);
        return $"clock was {seen}; it was set, and is {now}";
    }

    // By the answer that came the quickest, as NTP's clock filter has it (RFC 5905, 10): what is in its middle is the least wrong.
    private static async Task<ClockSkew> LookAsync(
        StepContext context,
        IGuestShell shell,
        CancellationToken cancellationToken
    )
    {
        var time = context.Services.Time;
        ClockSkew? best = null;
        for (var look = 0; look < MostLooks && !(best?.Uncertain <= Quick / 2); look++)
        {
            var asked = time.GetTimestamp();
            var ahead = await context.System.TellClockAsync(shell, time.GetUtcNow(), cancellationToken);
            var half = time.GetElapsedTime(asked) / 2;
            if (best is null || half < best.Value.Uncertain)
                best = new ClockSkew(ahead - half, half);
        }
        return best!.Value;
    }
}
