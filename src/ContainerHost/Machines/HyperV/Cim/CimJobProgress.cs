namespace ContainerHost.Machines.HyperV.Cim;

/// <summary>Tells how far a job has come, at each tenth; short jobs, which are done at the first or second look, are not worth a line.</summary>
internal sealed class CimJobProgress(string attempted, Action<string> tell)
{
    private const int Quiet = 4;
    private int _looks;
    private int _told;

    public void Tell(CimJob job)
    {
        var tenth = job.PercentComplete / 10;
        if (++_looks <= Quiet || job.HasEnded || tenth <= _told)
            return;
        _told = tenth;
        tell($"{attempted}: {job.PercentComplete} % done");
    }
}
