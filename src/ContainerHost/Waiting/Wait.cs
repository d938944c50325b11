namespace ContainerHost.Waiting;

/// <summary>What is awaited (completes "wait until ..."), for how long, and what an operator can try when it does not come.</summary>
internal sealed record Wait(string Awaited, TimeSpan Deadline, string Try)
{
    /// <summary>The host it concerns, or null.</summary>
    public string? Host { get; init; }

    /// <summary>Gives more to see when the deadline passes, such as the last lines of the serial console; null for nothing more.</summary>
    public Func<string>? OnDeadline { get; init; }
}
