using ContainerHost.Errors;
using ContainerHost.Waiting;

namespace ContainerHost.Machines.HyperV.Cim;

/// <summary>The one place that knows what a method's return value means: done, a job to wait for, or a failure.</summary>
internal sealed class CimCalls(ICimNamespace space, TimeProvider time)
{
    private const ushort Terminate = 4;
    private const int QuietLooks = 4;

    private readonly Poll _poll = new(time) { Interval = TimeSpan.FromMilliseconds(250) };

    /// <summary>Hears of jobs that take long, such as "create the disk: 40 % done", at each tenth; nobody by default.</summary>
    public Action<string> Progress { get; init; } = _ => { };

    /// <summary>Calls the method and waits until what it began has ended; hands back its outgoing parameters.</summary>
    /// <exception cref="CimCallException">The method or its job failed.</exception>
    /// <exception cref="DeadlineException">The job did not end in time; it is asked to end.</exception>
    public async Task<CimObject> InvokeAsync(CimCall call, string? host, CancellationToken cancellationToken)
    {
        var (code, outgoing) = await CallAsync(call, cancellationToken);
        if (code is not (CimCodes.Done or CimCodes.JobStarted))
            throw Failed(call, code, $"{call.Method} returned {code}: {CimCodes.MeaningOf(code)}", host);
        // Some methods promise a job and hand none over when there is nothing left to do.
        if (code == CimCodes.JobStarted && outgoing.Get<CimPath>("Job") is { } path)
            await WaitAsync(call, path, host, cancellationToken);
        return outgoing;
    }

    private async Task<CimMethodResult> CallAsync(CimCall call, CancellationToken cancellationToken)
    {
        try
        {
            return await space.InvokeAsync(call, cancellationToken);
        }
        catch (Exception first)
            when (first is OperationCanceledException or CimCallException { Failure: CimFailure.Unreachable })
        {
            await SettleAsync(first);
            throw;
        }
    }

    // The host may have begun a job that we were never told of. Which one cannot be known, so all that run now are waited for.
    private async Task SettleAsync(Exception first)
    {
        var wait = new Wait(
            "the host's jobs end",
            TimeLimits.HyperVJobEnd,
            "look at the host's running tasks in Hyper-V Manager."
        );
        try
        {
            await _poll.UntilAsync(wait, LookForJobsAsync, CancellationToken.None);
        }
        catch (ContainerHostException second)
        {
            first.Data["what the host went on with is not known"] = second.Message;
        }
    }

    private async Task<Look<bool>> LookForJobsAsync(CancellationToken cancellationToken)
    {
        var jobs = await space.QueryAsync(WqlQuery.From("Msvm_ConcreteJob"), cancellationToken);
        var open = jobs.Count(job => !new CimJob(job).HasEnded);
        return open == 0 ? Looks.Found(true) : Looks.NotYet<bool>($"{open} jobs run");
    }

    private async Task WaitAsync(CimCall call, CimPath path, string? host, CancellationToken cancellationToken)
    {
        var wait = new Wait($"the job of '{call.Attempted}' ends", TimeLimits.HyperVJob, call.Try) { Host = host };
        try
        {
            var tell = TellProgressOf(call);
            var job = await _poll.UntilAsync(wait, token => LookAsync(path, tell, token), cancellationToken);
            if (!job.HasSucceeded)
                throw Failed(call, job.ErrorCode, await TellAsync(call, job, path, cancellationToken), host);
        }
        catch (Exception first) when (first is not CimCallException { Failure: not CimFailure.Unreachable })
        {
            await EndAsync(path, first);
            throw;
        }
    }

    private async Task<Look<CimJob>> LookAsync(CimPath path, Action<CimJob>? tell, CancellationToken cancellationToken)
    {
        var job = new CimJob(await space.GetAsync(path, cancellationToken));
        tell?.Invoke(job);
        return job.HasEnded ? Looks.Found(job) : Looks.NotYet<CimJob>(job.Seen);
    }

    // Short jobs, which are done at the first looks, are not worth a line.
    private Action<CimJob> TellProgressOf(CimCall call)
    {
        var (looks, told) = (0, 0);
        return job =>
        {
            var tenth = job.PercentComplete / 10;
            if (++looks <= QuietLooks || job.HasEnded || tenth <= told)
                return;
            told = tenth;
            Progress($"{call.Attempted}: {job.PercentComplete} % done");
        };
    }

    // What goes on after we stopped looking would make what the undo has just looked for.
    private async Task EndAsync(CimPath path, Exception first)
    {
        try
        {
            var end = new CimCall(
                "end the job",
                path,
                "RequestStateChange",
                CimProperty.UInt16("RequestedState", Terminate)
            );
            await space.InvokeAsync(end, CancellationToken.None);
            var wait = new Wait("the cancelled job ends", TimeLimits.HyperVJobEnd, end.Try);
            await _poll.UntilAsync(wait, token => LookAsync(path, tell: null, token), CancellationToken.None);
        }
        catch (ContainerHostException second)
        {
            first.Data["the job was not ended"] = second.Message;
        }
    }

    private async Task<string> TellAsync(CimCall call, CimJob job, CimPath path, CancellationToken cancellationToken)
    {
        var saw =
            $"the job of {call.Method} ended {job.StateName} with code {job.ErrorCode} ({CimCodes.MeaningOf(job.ErrorCode)})";
        var reasons = new List<string> { job.Description };
        try
        {
            var ask = new CimCall("read the job's errors", path, "GetErrorEx");
            var errors = (await space.InvokeAsync(ask, cancellationToken)).Out.Get<string[]>("Errors") ?? [];
            reasons.AddRange(errors.Select(error => CimXml.Read(error).Text("Message")));
        }
        catch (Exception unreadable) when (unreadable is ContainerHostException or FormatException)
        {
            reasons.Add($"(its errors cannot be read: {unreadable.Message})");
        }
        return string.Join('\n', reasons.Where(reason => reason.Length > 0).Distinct().Prepend(saw));
    }

    private CimCallException Failed(CimCall call, uint code, string saw, string? host) =>
        new(CimCodes.FailureOf(code), code, $"{call.Attempted} on {space.Host}", saw, call.Try, host);
}
