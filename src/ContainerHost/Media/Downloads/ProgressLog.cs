using Serilog;

namespace ContainerHost.Media.Downloads;

/// <summary>
/// Tells the progress of a download, or of a copy: one line that is overwritten on a terminal, a plain line every few seconds elsewhere; nothing of one
/// that is small or over at once.
/// </summary>
internal sealed class ProgressLog(
    string what,
    ILogger log,
    TimeProvider time,
    TextWriter? terminal,
    string verb = "Downloading"
) : IProgress<DownloadProgress>, IDisposable
{
    private const long Small = 8 << 20;

    private readonly TimeSpan _interval = TimeSpan.FromSeconds(terminal is null ? 5 : 0.25);
    private long _last = time.GetTimestamp();
    private bool _told;

    /// <summary>The terminal on standard error, or null where that is a file or a pipe.</summary>
    public static TextWriter? Terminal => Console.IsErrorRedirected ? null : Console.Error;

    public void Report(DownloadProgress value)
    {
        var last = _told && value.Received == value.Total;
        if (value.Total < Small || (!last && time.GetElapsedTime(_last) < _interval))
            return;
        _last = time.GetTimestamp();
        _told = true;
        if (terminal is null)
            log.Information("{Doing} {What}: {Progress}", verb, what, value);
        else
            // Carriage return, text, and the rest of the line erased (ECMA-48, EL).
            terminal.Write($"\r{verb} {what}: {value}\u001b[K");
    }

    /// <summary>Ends the line on the terminal, so that what is logged next has one of its own.</summary>
    public void Dispose()
    {
        if (_told)
            terminal?.Write('\n');
        _told = false;
    }
}

/// <summary>How far a download is: bytes there, bytes in all (null while unknown), and bytes a second in this attempt.</summary>
internal readonly record struct DownloadProgress(long Received, long? Total, double BytesPerSecond)
{
    /// <summary>The time left at this speed; null while it cannot be told.</summary>
    public TimeSpan? TimeLeft =>
        Total is { } total && BytesPerSecond > 0 ? TimeSpan.FromSeconds((total - Received) / BytesPerSecond) : null;

    /// <summary>As "120 of 458 MiB, 35.2 MiB/s, 10 s left".</summary>
    public override string ToString()
    {
        var size = Total is { } total ? $"{Received >> 20} of {total >> 20} MiB" : $"{Received >> 20} MiB";
        var left = TimeLeft is { } time ? $", {time.TotalSeconds:0} s left" : "";
        return $"{size}, {BytesPerSecond / (1 << 20):0.0} MiB/s{left}";
    }
}
