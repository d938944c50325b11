using System.Globalization;
using ContainerHost.HyperV.Simulator.Store;
using ContainerHost.HyperV.Simulator.Time;
using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.HyperV.Simulator.Jobs;

/// <summary>Jobs, which take time, report progress, end and have their effect then; or fail, hang, and heed a request to end.</summary>
internal sealed class JobRunner(SimulatedHost host, InstanceStore store, VirtualTime time)
{
    private const ushort Running = 4;
    private const ushort Completed = 7;
    private const ushort Terminated = 8;
    private const ushort Exception = 10;

    private readonly Dictionary<CimPath, (DateTimeOffset Began, TimeSpan Takes, uint Code, Action Effect)> _open = [];
    private int _count;

    /// <summary>When the last job ended, after which the host is still at work on its machine for a moment.</summary>
    public DateTimeOffset LastEnd { get; private set; }

    /// <summary>Starts a job; null for one that hangs. With a code it ends in exception.</summary>
    public CimPath Start(string method, TimeSpan? takes, uint code, Action effect)
    {
        var id = (++_count).ToString("D8", CultureInfo.InvariantCulture);
        var job = new CimObject("Msvm_ConcreteJob").With(
            CimProperty.String("InstanceID", $"{{{id}}}"),
            CimProperty.String("Name", method),
            CimProperty.UInt16("JobState", Running),
            CimProperty.UInt16("PercentComplete", 0),
            CimProperty.UInt16("ErrorCode", 0),
            Elapsed(TimeSpan.Zero)
        );
        var path = store.Put(job).Stored;
        _open[path] = (time.GetUtcNow(), takes ?? TimeSpan.MaxValue, code, effect);
        return path;
    }

    /// <summary>Ends what is due, and tells progress of the rest.</summary>
    public void Tick()
    {
        foreach (var (path, job) in _open.ToList())
        {
            var ran = time.GetUtcNow() - job.Began;
            if (ran < job.Takes)
            {
                var percent = job.Takes == TimeSpan.MaxValue ? 10 : 100 * ran / job.Takes;
                store.Change(path, CimProperty.UInt16("PercentComplete", (ushort)percent), Elapsed(ran));
                continue;
            }
            _open.Remove(path);
            if (job.Code == 0)
                job.Effect();
            End(path, job.Code == 0 ? Completed : Exception, job.Code);
            LastEnd = time.GetUtcNow();
        }
    }

    public MethodPlan RequestStateChange(CimPath path) =>
        MethodPlan.DoAtOnce(() =>
        {
            if (_open.Remove(path))
                End(path, Terminated, 0);
        });

    public MethodPlan GetErrors(CimPath path)
    {
        var job = store.Find(path)!;
        var message = string.Format(CultureInfo.InvariantCulture, host.Say("Job failed"), job.Text("Name"));
        var error = new CimObject("Msvm_Error").With(CimProperty.String("Message", message));
        return MethodPlan.Answer(CimProperty.Embedded("Errors", [error]));
    }

    private void End(CimPath path, ushort state, uint code) =>
        store.Change(
            path,
            CimProperty.UInt16("JobState", state),
            CimProperty.UInt16("PercentComplete", 100),
            CimProperty.UInt16("ErrorCode", (ushort)code),
            CimProperty.String("ErrorDescription", code == 0 ? "" : host.Say("Job failed"))
        );

    private static CimProperty Elapsed(TimeSpan time) => new("ElapsedTime", CimType.DateTime, IsArray: false, time);
}
