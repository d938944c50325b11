namespace ContainerHost.HyperV.Simulator.Time;

/// <summary>A timer of <see cref="VirtualTime"/>, which fires once.</summary>
internal sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state) : ITimer
{
    public DateTimeOffset Due { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        time.Schedule(this, dueTime);
        return true;
    }

    public void Fire() => callback(state);

    public void Dispose() => time.Forget(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
