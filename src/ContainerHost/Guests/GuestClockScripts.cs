namespace ContainerHost.Guests;

/// <summary>Reads and sets a guest's clock by scripts, in milliseconds.</summary>
internal static class GuestClockScripts
{
    // Three thousand years: a guest may say anything, and no length of time has room for all of it.
    private const long Most = 100_000_000_000_000;

    public static async Task<TimeSpan> TellClockAsync(
        this IGuestShell shell,
        string script,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var then = $"{now.ToUnixTimeMilliseconds()}";
        var said = await shell.RunScriptAsync(script, "read the guest's clock", cancellationToken, then);
        return TimeSpan.FromMilliseconds(Math.Clamp(GuestScript.ReadAnswer<Answer>(said).Ahead, -Most, Most));
    }

    public static Task MoveClockAsync(
        this IGuestShell shell,
        string script,
        TimeSpan by,
        CancellationToken cancellationToken
    )
    {
        // A word that begins with a hyphen is an option to some.
        var (forward, back) = ((long)Math.Max(0, by.TotalMilliseconds), (long)Math.Max(0, -by.TotalMilliseconds));
        return shell.RunScriptAsync(script, "set the guest's clock", cancellationToken, $"{forward}", $"{back}");
    }

    private sealed record Answer(long Ahead);
}
