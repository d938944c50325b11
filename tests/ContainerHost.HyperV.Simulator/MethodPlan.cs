using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.HyperV.Simulator;

/// <summary>What a method will do: refuse with a code, or have an effect, at once or by a job.</summary>
internal sealed record MethodPlan(uint Code, Action Effect)
{
    /// <summary>True for methods that Hyper-V does by a job.</summary>
    public bool ByJob { get; init; } = true;

    /// <summary>Outgoing parameters, read after the effect.</summary>
    public Func<CimProperty[]> Out { get; init; } = () => [];

    public static MethodPlan Refuse(uint code) => new(code, () => { });

    public static MethodPlan Do(Action effect) => new(0, effect);

    public static MethodPlan Answer(params CimProperty[] values) =>
        new(0, () => { }) { ByJob = false, Out = () => values };
}
