using ContainerHost.Media.Downloads;
using ContainerHost.Progress;

namespace ContainerHost.Hosts.Copying;

/// <summary>Tells how far a copy is: by its step, and in the log where nobody draws that.</summary>
internal sealed class CopyMeter(ProgressStep step, IProgress<DownloadProgress>? log, TimeProvider time, long total)
{
    private readonly long _begun = time.GetTimestamp();
    private long _there;
    private long _copied;

    /// <summary>Bytes that an earlier try has left.</summary>
    public void Found(long bytes) => _there += bytes;

    public void Copied(int bytes)
    {
        _there += bytes;
        _copied += bytes;
        var seconds = Math.Max(time.GetElapsedTime(_begun).TotalSeconds, 0.001);
        var now = new DownloadProgress(_there, total, _copied / seconds);
        step.Detail = now.Detail;
        log?.Report(now);
    }
}
