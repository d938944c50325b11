namespace ContainerHost.Machines;

/// <summary>
/// What a machine takes now of what its hypervisor runs on: bytes of disk by files of its own, not those that it shares with others, and bytes of memory. Null where
/// that is not known, or its memory while it is off.
/// </summary>
internal sealed record MachineUse(long? DiskBytes, long? MemoryBytes);
