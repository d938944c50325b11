namespace ContainerHost.Progress;

/// <summary>A step as it is now: what it does, since when, how long it usually takes (null while unknown), and how far it is.</summary>
public sealed record RunningStep(string What, TimeSpan Elapsed, TimeSpan? Expected, StepDetail Detail)
{
    /// <summary>The host of a lab that it works for; null where there is one host only, or for what hosts share.</summary>
    public string? Host { get; init; }

    /// <summary>How many steps it is a part of; 0 for none.</summary>
    public int Depth { get; init; }

    /// <summary>True where no other step is a part of it now.</summary>
    public bool IsInnermost { get; init; }
}
