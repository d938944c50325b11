namespace ContainerHost.Guests;

/// <summary>Sets a guest's clock by a script that answers with how many seconds it was ahead, and is told how many do no harm.</summary>
internal static class GuestClockScripts
{
    // The way there takes some of them, under emulation above all: as many as that would be added to a clock that is right.
    private const int Harmless = 60;

    public static async Task<TimeSpan> SetClockAsync(
        this IGuestShell shell,
        string script,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        string[] words = [$"{now.ToUnixTimeSeconds()}", $"{Harmless}"];
        var said = await shell.RunScriptAsync(script, "set the guest's clock", cancellationToken, words);
        return TimeSpan.FromSeconds(GuestScript.ReadAnswer<Answer>(said).Ahead);
    }

    private sealed record Answer(long Ahead);
}
