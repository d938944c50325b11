using ContainerHost.Specification;

namespace ContainerHost.Machines;

/// <summary>What of a machine changes while it is off: virtual processors, memory, whether virtualisation is exposed to its guest, and its way out.</summary>
internal sealed record MachineSize(int Cpus, ByteSize Memory, bool Nested, GuestNetwork Network = GuestNetwork.Open);
