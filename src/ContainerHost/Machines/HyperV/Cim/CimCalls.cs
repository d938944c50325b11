using ContainerHost.Errors;
using ContainerHost.Waiting;

namespace ContainerHost.Machines.HyperV.Cim;

/// <summary>The one place that knows what a method's return value means: done, a job to wait for, or a failure.</summary>
internal sealed class CimCalls(ICimNamespace space, TimeProvider time)
{
    private const ushort Terminate = 4;

    // Disks have jobs of a class of their own.
    private static readonly string[] Jobs = ["Msvm_ConcreteJob", "Msvm_StorageJob"];

    private const int QuietLooks = 4;

    private readonly Poll _poll = new(time) { Interval = TimeSpan.FromMilliseconds(250) };

    /// <summary>Hears of jobs that take long, such as "create the disk: 40 % done", at each tenth; nobody by default.</summary>
    public Action<string> Progress { get; init; } = _ => { };

    /// <summary>
    /// Calls the method and waits until what it began has ended; hands back its outgoing parameters. A call with patience is made again while the
    /// host refuses it for a reason that passes.
    /// </summary>
    /// <exception cref="CimCallException">The method or its job failed.</exception>
    /// <exception cref="DeadlineException">The job did not end in time; it is asked to end.</exception>
    public async Task<CimObject> InvokeAsync(CimCall call, string? host, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await InvokeOnceAsync(call, host, cancellationToken);
            }
            catch (CimCallException refused)
                when ((CimCodes.PassesBy(refused.Code) || (call.MayRepeat && refused.Code == CimCodes.Failed))
                    && time.GetElapsedTime(began) < call.Patience
                )
            {
                await Task.Delay(_poll.Interval, time, cancellationToken);
            }
        }
    }

    private async Task<CimObject> InvokeOnceAsync(CimCall call, string? host, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var (code, outgoing) = await CallAsync(call, cancellationToken);
        if (code is not (CimCodes.Done or CimCodes.JobStarted))
            throw Failed(call, code, $"{call.Method} returned {code}: {CimCodes.MeaningOf(code)}", host);
        if (code == CimCodes.Done)
            return outgoing;
        if (outgoing.Get<CimPath>("Job") is { } path)
            await WaitAsync(call, path, host, cancellationToken);
        else
        {
            var nameless = Failed(call, code, $"{call.Method} began a job and did not say which", host);
            await SettleAsync(nameless, began);
            throw nameless;
        }
        return outgoing;
    }

    private async Task<CimMethodResult> CallAsync(CimCall call, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        try
        {
            return await space.InvokeAsync(call, cancellationToken);
        }
        // Refusals come as return values; what is thrown so leaves open whether the host heard the call.
        catch (Exception first)
            when (first
                    is OperationCanceledException
                        or CimCallException
                        {
                            Failure: CimFailure.Unreachable or CimFailure.TimedOut or CimFailure.Failed
                        }
            )
        {
            await SettleAsync(first, began);
            throw;
        }
    }

    // The host may have begun a job that we were never told of. It is one of those that are no older than the call.
    private async Task SettleAsync(Exception first, long began)
    {
        var wait = new Wait(
            "the host's jobs end",
            TimeLimits.HyperVJobEnd,
            "look at the host's running tasks in Hyper-V Manager."
        );
        try
        {
            await _poll.UntilAsync(wait, token => LookForJobsAsync(began, token), CancellationToken.None);
        }
        catch (ContainerHostException second)
        {
            first.Data["what the host went on with is not known"] = second.Message;
        }
    }

    private async Task<Look<bool>> LookForJobsAsync(long began, CancellationToken cancellationToken)
    {
        var oldest = time.GetElapsedTime(began) + _poll.Interval;
        var jobs = new List<CimJob>();
        foreach (var kind in Jobs)
            jobs.AddRange(
                from one in await space.QueryAsync(WqlQuery.From(kind), cancellationToken)
                select new CimJob(one)
            );
        var open = jobs.Count(job => !job.HasEnded && (job.Age is null || job.Age <= oldest));
        return open == 0 ? Looks.Found(true) : Looks.NotYet<bool>($"{open} jobs run");
    }

    private async Task WaitAsync(CimCall call, CimPath path, string? host, CancellationToken cancellationToken)
    {
        var job = await WaitAsync(call, path, host, TellProgressOf(call), cancellationToken);
        if (!job.HasSucceeded)
            throw Failed(call, job.ErrorCode, await TellAsync(call, job, path, cancellationToken), host);
    }

    private async Task<CimJob> WaitAsync(
        CimCall call,
        CimPath path,
        string? host,
        Action<CimJob> tell,
        CancellationToken cancellationToken
    )
    {
        var wait = new Wait($"the job of '{call.Attempted}' ends", TimeLimits.HyperVJob, call.Try) { Host = host };
        try
        {
            return await _poll.UntilAsync(wait, token => LookAsync(path, tell, call.CutsOff, token), cancellationToken);
        }
        catch (Exception first)
        {
            await EndAsync(path, first);
            throw;
        }
    }

    private async Task<Look<CimJob>> LookAsync(
        CimPath path,
        Action<CimJob>? tell,
        bool isCutOff,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var job = new CimJob(await space.GetAsync(path, cancellationToken));
            tell?.Invoke(job);
            return job.HasEnded ? Looks.Found(job) : Looks.NotYet<CimJob>(job.Seen);
        }
        catch (CimCallException unseen)
            when (isCutOff && unseen.Failure is (CimFailure.Unreachable or CimFailure.TimedOut))
        {
            return Looks.NotYet<CimJob>(unseen.Saw);
        }
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
            await _poll.UntilAsync(
                wait,
                token => LookAsync(path, tell: null, isCutOff: false, token),
                CancellationToken.None
            );
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
