namespace ContainerHost.HyperV.Simulator.Time;

/// <summary>
/// A clock that runs as fast as the code under test waits: a pause of up to <see cref="LongestPause"/> is over at once and moves the clock;
/// longer timers, which are deadlines, fire when the clock has passed them.
/// </summary>
internal sealed class VirtualTime : TimeProvider
{
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly List<VirtualTimer> _timers = [];
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _now;
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock and fires what is due.</summary>
    public void Advance(TimeSpan by)
    {
        List<VirtualTimer> due;
        lock (_lock)
        {
            _now += by;
            due = [.. _timers.Where(timer => timer.Due <= _now)];
            _timers.RemoveAll(due.Contains);
        }
        foreach (var timer in due)
            timer.Fire();
    }

    internal void Schedule(VirtualTimer timer, TimeSpan dueTime)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
            if (dueTime == Timeout.InfiniteTimeSpan)
                return;
            timer.Due = _now + dueTime;
            _timers.Add(timer);
        }
        if (dueTime <= LongestPause)
            ThreadPool.QueueUserWorkItem(_ => Pass(dueTime));
    }

    /// <summary>Where one task pauses again and again, another that is at work meanwhile must not meet its deadline for want of a processor.</summary>
    private void Pass(TimeSpan pause)
    {
        Thread.Sleep(1);
        Advance(pause);
    }

    internal void Forget(VirtualTimer timer)
    {
        lock (_lock)
            _timers.Remove(timer);
    }
}
