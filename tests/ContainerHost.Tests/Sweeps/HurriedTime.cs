namespace ContainerHost.Tests.Sweeps;

/// <summary>A clock that runs faster than the real one: pauses and deadlines keep their proportion to each other, and to real processes.</summary>
internal sealed class HurriedTime : TimeProvider
{
    private const int Times = 20;

    private readonly long _began = System.GetTimestamp();
    private readonly DateTimeOffset _start = System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => _start + System.GetElapsedTime(_began) * Times;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => (System.GetElapsedTime(_began) * Times).Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Hurry(dueTime), Hurry(period));

    private static TimeSpan Hurry(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? time : time / Times;
}
