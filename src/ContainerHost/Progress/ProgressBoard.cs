namespace ContainerHost.Progress;

/// <summary>What runs now. The library writes on it, whoever shows it looks: nothing is called back, and nothing waits for a reader.</summary>
public sealed class ProgressBoard
{
    private readonly TimeProvider _time;
    private readonly ExpectedTimes? _expected;
    private readonly Lock _lock = new();
    private readonly List<ProgressStep> _running = [];

    // A step that begins within another, on whichever thread, is a part of it.
    private readonly AsyncLocal<ProgressStep?> _current = new();
    private Func<IReadOnlyList<HostProgress>>? _hosts;

    internal ProgressBoard(TimeProvider time, ExpectedTimes? expected = null) => (_time, _expected) = (time, expected);

    /// <summary>True while somebody draws what runs, over and over: lines of the log that only tell progress are left out then; false by default.</summary>
    public bool IsDrawn { get; set; }

    /// <summary>The steps that run, each below the one that it is a part of, else by their beginning.</summary>
    public IReadOnlyList<RunningStep> Running
    {
        get
        {
            lock (_lock)
                return [.. Below(null)];
        }
    }

    /// <summary>The hosts of the lab that is worked on, in the order of its file; empty where there is none.</summary>
    public IReadOnlyList<HostProgress> Hosts => _hosts?.Invoke() ?? [];

    /// <summary>
    /// Does the work as a step. With a <paramref name="key"/> its time is kept for later runs where it took more than a second, did not fail, and
    /// <paramref name="counts"/>, if any, does not object.
    /// </summary>
    internal async Task<T> RunAsync<T>(
        string what,
        Func<ProgressStep, Task<T>> work,
        string? key = null,
        Func<T, bool>? counts = null,
        string? host = null
    )
    {
        var step = new ProgressStep(
            _current.Value,
            what,
            host,
            _time.GetTimestamp(),
            key is null ? null : _expected?.Of(key)
        );
        lock (_lock)
            _running.Add(step);
        _current.Value = step;
        try
        {
            var result = await work(step);
            var took = _time.GetElapsedTime(step.Started);
            if (key is not null && _expected is not null && took.TotalSeconds > 1 && counts?.Invoke(result) != false)
                await _expected.AddAsync(key, took);
            return result;
        }
        finally
        {
            lock (_lock)
                _running.Remove(step);
        }
    }

    /// <summary>Puts a lab's hosts on the board, all of them waiting.</summary>
    internal HostRows Begin(IReadOnlyList<string> hosts)
    {
        var rows = new HostRows(hosts, _time, () => _hosts = null);
        _hosts = rows.Now;
        return rows;
    }

    private IEnumerable<RunningStep> Below(ProgressStep? parent) =>
        _running
            .Where(step => step.Parent == parent)
            .SelectMany(step => Below(step).Prepend(Now(step, _running.All(other => other.Parent != step))));

    private RunningStep Now(ProgressStep step, bool isInnermost) =>
        new(step.What, _time.GetElapsedTime(step.Started), step.Expected, step.Detail)
        {
            Host = step.Host,
            Depth = step.Depth,
            IsInnermost = isInnermost,
        };
}
