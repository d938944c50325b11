using ContainerHost.Specification;

namespace ContainerHost.Machines;

/// <summary>What to change of a machine that is off; null keeps what it has.</summary>
public sealed record MachineChange
{
    /// <summary>Virtual processors.</summary>
    public int? Cpus { get; init; }

    /// <summary>Memory.</summary>
    public ByteSize? Memory { get; init; }

    /// <summary>Whether virtualisation is exposed to the guest.</summary>
    public bool? Nested { get; init; }

    /// <summary>The machine as it is after the change.</summary>
    internal MachineSpec Of(MachineSpec spec) =>
        spec with
        {
            Cpus = Cpus ?? spec.Cpus,
            Memory = Memory ?? spec.Memory,
            Nested = Nested ?? spec.Nested,
        };
}
