namespace ContainerHost.Progress;

/// <summary>A step while it runs; whoever does it says how far it is.</summary>
internal sealed class ProgressStep(ProgressStep? parent, string what, string? host, long started, TimeSpan? expected)
{
    public ProgressStep? Parent => parent;
    public string What => what;
    public string? Host { get; } = host ?? parent?.Host;
    public long Started => started;
    public TimeSpan? Expected => expected;
    public int Depth { get; } = parent is null ? 0 : parent.Depth + 1;

    /// <summary>How far it is; replaced as a whole, by any thread.</summary>
    public StepDetail Detail { get; set; } = new();
}
