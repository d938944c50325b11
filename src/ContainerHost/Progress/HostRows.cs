namespace ContainerHost.Progress;

/// <summary>The hosts of a lab on the board, until disposed.</summary>
internal sealed class HostRows(IReadOnlyList<string> names, TimeProvider time, Action end) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (HostPhase Phase, long Began, TimeSpan? Took)> _rows = names.ToDictionary(
        name => name,
        _ => (HostPhase.Waiting, 0L, (TimeSpan?)null)
    );

    public IReadOnlyList<HostProgress> Now()
    {
        lock (_lock)
            return [.. names.Select(name => Row(name, _rows[name]))];
    }

    public void Set(string name, HostPhase phase)
    {
        lock (_lock)
        {
            var (was, began, _) = _rows[name];
            _rows[name] =
                phase == HostPhase.Running ? (phase, time.GetTimestamp(), null)
                : was == HostPhase.Running ? (phase, began, time.GetElapsedTime(began))
                : (phase, began, null);
        }
    }

    public void Dispose() => end();

    private HostProgress Row(string name, (HostPhase Phase, long Began, TimeSpan? Took) row) =>
        new(name, row.Phase, row.Phase == HostPhase.Running ? time.GetElapsedTime(row.Began) : row.Took);
}
