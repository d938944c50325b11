namespace ContainerHost.Media.Downloads;

/// <summary>How far a download is: bytes there, bytes in all (null while unknown), and bytes a second in this attempt.</summary>
public readonly record struct DownloadProgress(long Received, long? Total, double BytesPerSecond)
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
