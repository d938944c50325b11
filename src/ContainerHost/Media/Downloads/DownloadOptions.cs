using ContainerHost.Networks;
using ContainerHost.Waiting;

namespace ContainerHost.Media.Downloads;

/// <summary>How patient a download is.</summary>
internal sealed record DownloadOptions
{
    /// <summary>Attempts after the first; 6 by default.</summary>
    public int Retries { get; init; } = 6;

    /// <summary>The first pause between attempts; each further one is about twice as long, with jitter; 1 s by default.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause between attempts; 30 s by default.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long no byte may come before the attempt is given up; 30 s by default.</summary>
    public TimeSpan Stall { get; init; } = TimeLimits.DownloadStall;

    /// <summary>What the client reaches others through; this machine's proxy by default.</summary>
    public EnvironmentProxy Proxy { get; init; } = EnvironmentProxy.OfThisMachine;

    /// <summary>True to refuse every download; false by default.</summary>
    public bool Offline { get; init; }
}
