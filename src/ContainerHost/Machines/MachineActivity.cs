namespace ContainerHost.Machines;

/// <summary>What a machine has done so far, to be compared with a later look: a guest at work reads, writes or tells something.</summary>
/// <param name="Runs">False once the machine has ended.</param>
/// <param name="Processor">Processor time that it took of this machine.</param>
/// <param name="DiskOperations">Reads and writes of all its disks.</param>
internal sealed record MachineActivity(bool Runs, TimeSpan Processor, long DiskOperations)
{
    public static MachineActivity Ended { get; } = new(false, TimeSpan.Zero, 0);
}
