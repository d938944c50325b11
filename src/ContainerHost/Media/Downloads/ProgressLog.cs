using Serilog;

namespace ContainerHost.Media.Downloads;

/// <summary>Tells the progress of a download: one line that is overwritten on a terminal, a plain line every few seconds elsewhere.</summary>
public sealed class ProgressLog(string what, ILogger log, TimeProvider time, TextWriter? terminal)
    : IProgress<DownloadProgress>
{
    private readonly TimeSpan _interval = TimeSpan.FromSeconds(terminal is null ? 5 : 0.25);
    private long? _last;

    /// <summary>The terminal on standard error, or null where that is a file or a pipe.</summary>
    public static TextWriter? Terminal => Console.IsErrorRedirected ? null : Console.Error;

    /// <inheritdoc/>
    public void Report(DownloadProgress value)
    {
        var done = value.Received == value.Total;
        if (!done && _last is { } last && time.GetElapsedTime(last) < _interval)
            return;
        _last = time.GetTimestamp();
        if (terminal is null)
            log.Information("Downloading {What}: {Progress}", what, value);
        else
            // Carriage return, text, and the rest of the line erased (ECMA-48, EL).
            terminal.Write($"\rDownloading {what}: {value}\u001b[K{(done ? "\n" : "")}");
    }
}
