namespace ContainerHost.Waiting;

/// <summary>What is awaited (completes "wait until ..."), for how long, what an operator can try when it does not come, and on which host.</summary>
internal sealed record Wait(string Awaited, TimeSpan Deadline, string Try, string? Host = null)
{
    /// <summary>Gives more to see when the deadline passes, such as the last lines of the serial console.</summary>
    public Func<string>? OnDeadline { get; init; }
}
