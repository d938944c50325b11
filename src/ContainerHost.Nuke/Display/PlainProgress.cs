using ContainerHost.Progress;
using Serilog;

namespace ContainerHost.Targets.Display;

/// <summary>What runs as lines of a log, for whoever reads it later or from afar: those that are at work, at least every half minute.</summary>
internal sealed class PlainProgress(TimeProvider time, ILogger log)
{
    /// <summary>A little less than half a minute, so that lines come at least that often.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(28);

    private long? _last;

    /// <summary>Looks, every second or so, whether it is time for a line of each step that no other is a part of.</summary>
    public void Look(ProgressBoard board)
    {
        var running = board.Running;
        if (running.Count == 0)
            _last = null;
        else
            _last ??= time.GetTimestamp();
        if (_last is not { } last || time.GetElapsedTime(last) < Interval)
            return;
        _last = time.GetTimestamp();
        var path = new List<RunningStep>();
        foreach (var step in running)
        {
            path.RemoveRange(step.Depth, path.Count - step.Depth);
            path.Add(step);
            if (step.IsInnermost)
                log.Information("At work: {Step:l}", StepText.Line(path));
        }
    }
}
