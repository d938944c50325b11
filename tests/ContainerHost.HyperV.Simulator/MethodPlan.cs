using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.HyperV.Simulator;

/// <summary>What a method will do: refuse with a code, or have an effect, at once or by a job.</summary>
internal sealed record MethodPlan(uint Code, Action Effect)
{
    public static readonly MethodPlan Invalid = Refuse(32773);
    public static readonly MethodPlan WrongState = Refuse(32775);
    public static readonly MethodPlan FileNotFound = Refuse(32779);
    public static readonly MethodPlan NotReady = Refuse(32780);

    /// <summary>True for methods that Hyper-V does by a job.</summary>
    public bool ByJob { get; init; } = true;

    /// <summary>The code that its job ends with, having done nothing; 0 for success.</summary>
    public uint JobCode { get; init; }

    /// <summary>Outgoing parameters.</summary>
    public CimProperty[] Out { get; init; } = [];

    public static MethodPlan Refuse(uint code) => new(code, () => { });

    public static MethodPlan FailInJob(uint code) => new(0, () => { }) { JobCode = code };

    public static MethodPlan Do(Action effect) => new(0, effect);

    public static MethodPlan DoAtOnce(Action effect) => Do(effect) with { ByJob = false };

    public static MethodPlan Answer(params CimProperty[] values) => DoAtOnce(() => { }) with { Out = values };
}
