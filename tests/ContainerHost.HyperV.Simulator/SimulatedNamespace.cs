using ContainerHost.HyperV.Simulator.Faults;
using ContainerHost.HyperV.Simulator.Methods;
using ContainerHost.HyperV.Simulator.Schema;
using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.HyperV.Simulator;

/// <summary>The simulated root\virtualization\v2 behind the port: the strict door to the host.</summary>
internal sealed class SimulatedNamespace(SimulatedHost host) : ICimNamespace
{
    private readonly Strictness _strictness = new(CimSchema.Instance);
    private readonly MethodTable _methods = new(host);

    public string Host => "SIMULATED";

    public Task<IReadOnlyList<CimObject>> QueryAsync(WqlQuery query, CancellationToken cancellationToken)
    {
        using var alone = host.Gate.EnterScope();
        RefuseNobodys(query.ClassName, $"query {query.ClassName}");
        Hold(() => _strictness.CheckQuery(query));
        Read($"query {query.ClassName}", cancellationToken);
        // To a user who may not, the namespace is there and empty.
        if (host.Options.IsStranger)
            return Task.FromResult<IReadOnlyList<CimObject>>([]);
        var found = host
            .Store.OfClass(query.ClassName)
            .Where(one => query.Conditions.All(condition => Meets(one, condition)));
        return Task.FromResult<IReadOnlyList<CimObject>>([.. found]);
    }

    public Task<CimObject> GetAsync(CimPath path, CancellationToken cancellationToken)
    {
        using var alone = host.Gate.EnterScope();
        Hold(() => _strictness.CheckPath(path));
        Read($"get {path.ClassName}", cancellationToken);
        return Task.FromResult(
            host.Store.Find(path)
                ?? throw Failed(CimFailure.NotFound, $"read the {path.ClassName}", $"there is no {path}")
        );
    }

    public Task<IReadOnlyList<CimObject>> AssociatorsAsync(
        CimPath source,
        string association,
        string resultClass,
        CancellationToken cancellationToken
    )
    {
        using var alone = host.Gate.EnterScope();
        Hold(() => _strictness.CheckAssociation(source, association, resultClass));
        Read($"associators {resultClass}", cancellationToken);
        return Task.FromResult<IReadOnlyList<CimObject>>([.. host.Store.Related(source, association, resultClass)]);
    }

    public Task<CimMethodResult> InvokeAsync(CimCall call, CancellationToken cancellationToken)
    {
        using var alone = host.Gate.EnterScope();
        RefuseNobodys(call.Method, call.Attempted);
        Hold(() => _strictness.CheckCall(call));
        var fault = host.Enter(isMethod: true, call.Method, cancellationToken);
        if (fault is { Kind: FaultKind.SessionLost })
            throw Lost(call.Attempted);
        if (fault is { Kind: FaultKind.Code })
            return Task.FromResult(Result(call, fault.Code));
        if (host.Store.Find(call.Target) is null)
            throw Failed(CimFailure.NotFound, call.Attempted, $"there is no {call.Target}");
        var plan = Hold(() => _methods.Plan(call));
        if (fault is { Kind: FaultKind.JobNameless })
        {
            Begin(call, host.JobsTake, 0, plan);
            return Task.FromResult(Result(call, CimCodes.JobStarted));
        }
        if (fault is { Kind: FaultKind.JobFails or FaultKind.JobHangs })
            return Task.FromResult(
                Begin(call, fault.Kind == FaultKind.JobHangs ? null : host.JobsTake, fault.Code, plan)
            );
        if (plan.Code == CimCodes.Done && IsChange(call.Method) && IsBusy)
            plan = MethodPlan.WrongState;
        var result = Carry(call, plan);
        if (fault is { Kind: FaultKind.AnswerLost })
            throw Lost(call.Attempted);
        if (fault is { Kind: FaultKind.AnswerLate })
            throw Failed(CimFailure.TimedOut, call.Attempted, "it does not answer");
        if (fault is { Kind: FaultKind.AnswerFailed })
            throw Failed(CimFailure.Failed, call.Attempted, "a general error occurred");
        if (fault is { Kind: FaultKind.Cancelled })
            host.Cancel(cancellationToken);
        return Task.FromResult(result);
    }

    // Diagnose asks for these to see how a failure looks; anything else that the schema does not have is a mistake of ours.
    private static void RefuseNobodys(string name, string attempted)
    {
        if (name.Contains("NoSuch", StringComparison.Ordinal))
            throw Failed(CimFailure.Missing, attempted, $"there is no {name}");
    }

    private CimMethodResult Carry(CimCall call, MethodPlan plan) =>
        plan.Code != CimCodes.Done ? Result(call, plan.Code)
        : plan.JobCode != 0 ? Begin(call, host.JobsTake, plan.JobCode, plan)
        : plan.ByJob && host.JobsTake > TimeSpan.Zero ? Begin(call, host.JobsTake, 0, plan)
        : Do(call, plan);

    private bool IsBusy => host.Time.GetUtcNow() < host.Jobs.LastEnd + host.Options.BusyAfterJob;

    private static bool IsChange(string method) =>
        method.Contains("Settings", StringComparison.Ordinal) && !method.StartsWith("Get", StringComparison.Ordinal);

    private CimMethodResult Begin(CimCall call, TimeSpan? takes, uint code, MethodPlan plan) =>
        Result(
            call,
            CimCodes.JobStarted,
            CimProperty.Reference("Job", host.Jobs.Start(call.Method, takes, code, plan.Effect))
        );

    private static CimMethodResult Do(CimCall call, MethodPlan plan)
    {
        plan.Effect();
        return Result(call, CimCodes.Done, plan.Out);
    }

    private static CimMethodResult Result(CimCall call, uint code, params CimProperty[] values) =>
        new(code, new CimObject(call.Method).With(values));

    private void Read(string name, CancellationToken cancellationToken) =>
        host.Enter(name, () => Lost(name), cancellationToken);

    private void Hold(Action check) =>
        Hold(() =>
        {
            check();
            return true;
        });

    private T Hold<T>(Func<T> check)
    {
        try
        {
            return check();
        }
        catch (SchemaViolationException violation)
        {
            host.Violations.Add(violation);
            throw;
        }
    }

    // WQL compares text without case.
    private static bool Meets(CimObject instance, (string Property, string Value) condition) =>
        instance.Text(condition.Property).Equals(condition.Value, StringComparison.OrdinalIgnoreCase);

    private static CimCallException Lost(string attempted) =>
        Failed(CimFailure.Unreachable, attempted, "the session broke");

    private static CimCallException Failed(CimFailure failure, string attempted, string saw) =>
        new(failure, 0x80338126, attempted, saw, "look at the simulated host.");
}
