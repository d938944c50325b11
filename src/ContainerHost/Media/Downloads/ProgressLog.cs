using ContainerHost.Progress;
using Serilog;

namespace ContainerHost.Media.Downloads;

/// <summary>Tells the progress of a download, or of a copy, in a plain line every few seconds; nothing of one that is small or over at once.</summary>
internal sealed class ProgressLog(string what, ILogger log, TimeProvider time, string verb = "Downloading")
    : IProgress<DownloadProgress>
{
    private const long Small = 8 << 20;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private long _last = time.GetTimestamp();
    private bool _told;

    public void Report(DownloadProgress value)
    {
        var last = _told && value.Received == value.Total;
        if (value.Total < Small || (!last && time.GetElapsedTime(_last) < Interval))
            return;
        _last = time.GetTimestamp();
        _told = true;
        log.Information("{Doing} {What}: {Progress}", verb, what, value);
    }
}

/// <summary>How far a download is: bytes there, bytes in all (null while unknown), and bytes a second in this attempt.</summary>
internal readonly record struct DownloadProgress(long Received, long? Total, double BytesPerSecond)
{
    /// <summary>The time left at this speed; null while it cannot be told.</summary>
    public TimeSpan? TimeLeft =>
        Total is { } total && BytesPerSecond > 0 ? TimeSpan.FromSeconds((total - Received) / BytesPerSecond) : null;

    /// <summary>As "35.2 MiB/s, 10 s left".</summary>
    public string Speed
    {
        get
        {
            var left = TimeLeft is { } time ? $", {time.TotalSeconds:0} s left" : "";
            return $"{BytesPerSecond / (1 << 20):0.0} MiB/s{left}";
        }
    }

    /// <summary>The same as a step's.</summary>
    public StepDetail Detail =>
        new()
        {
            Bytes = Received,
            TotalBytes = Total,
            Stage = Speed,
        };

    /// <summary>As "120 of 458 MiB, 35.2 MiB/s, 10 s left".</summary>
    public override string ToString() =>
        Total is { } total ? $"{Received >> 20} of {total >> 20} MiB, {Speed}" : $"{Received >> 20} MiB, {Speed}";
}
