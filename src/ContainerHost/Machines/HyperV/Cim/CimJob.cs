namespace ContainerHost.Machines.HyperV.Cim;

/// <summary>An asynchronous call under way, as Msvm_ConcreteJob tells of it.</summary>
internal sealed record CimJob(CimObject Instance)
{
    private const ushort Completed = 7;

    public ushort State => Instance.Get<ushort>("JobState");

    /// <summary>States from 7 on are ends: completed, terminated, killed, exception, service.</summary>
    public bool HasEnded => State >= Completed;

    // 32768 is "completed with warnings" in Microsoft's reference.
    public bool HasSucceeded => State is Completed or 32768;

    public uint ErrorCode => Instance.Get<ushort>("ErrorCode");

    /// <summary>How long it has run; null where the host does not tell.</summary>
    public TimeSpan? Age => Instance.Get<TimeSpan?>("ElapsedTime");

    public int PercentComplete => Instance.Get<ushort>("PercentComplete");

    public string Seen => $"the job is {StateName}, {PercentComplete} % done";

    /// <summary>Its own words, which are localised, as evidence for people only.</summary>
    public string Description => Instance.Text("ErrorDescription");

    public string StateName =>
        State switch
        {
            2 => "new",
            3 => "starting",
            4 => "running",
            5 => "suspended",
            6 => "shutting down",
            7 => "completed",
            8 => "terminated",
            9 => "killed",
            10 => "in exception",
            11 => "in service",
            _ => $"in state {State}",
        };
}
