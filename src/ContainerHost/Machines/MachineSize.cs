using ContainerHost.Specification;

namespace ContainerHost.Machines;

/// <summary>What of a machine changes while it is off: virtual processors, memory, and whether virtualisation is exposed to its guest.</summary>
internal sealed record MachineSize(int Cpus, ByteSize Memory, bool Nested);
