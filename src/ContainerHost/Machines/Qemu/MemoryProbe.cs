using System.Globalization;
using ContainerHost.Files;
using ContainerHost.Prerequisites;
using ContainerHost.Specification;

namespace ContainerHost.Machines.Qemu;

/// <summary>Compares the memory that the kernel says is available with what the machine will take on top of what it has already.</summary>
internal sealed class MemoryProbe(IHypervisor hypervisor, HostFolder folder, ByteSize memory, string meminfo)
{
    // What the hypervisor takes for itself: its devices, and what it translates where it emulates the processor.
    private static ByteSize Overhead(string accelerator) =>
        ByteSize.FromMiB(256 + (accelerator == "tcg" ? QemuArguments.TranslationCache.MiB : 0));

    public async Task<Finding> LookAsync(CancellationToken cancellationToken)
    {
        var available = await ReadAvailableAsync(cancellationToken);
        var found = $"{available.ToHumanString()} available";
        var has =
            await hypervisor.GetStateAsync(folder, cancellationToken) == MachineState.Running
                ? await hypervisor.GetSpecAsync(folder, cancellationToken)
                : null;
        if (has is not null && has.Memory >= memory)
            return new Finding(true, found, "none: the host runs already");
        var overhead = Overhead((await hypervisor.GetFeaturesAsync(cancellationToken)).Accelerator);
        var more = new ByteSize(memory.Bytes + overhead.Bytes - (has?.Memory.Bytes ?? 0));
        var most = ByteSize.FromMiB(Math.Max(0, available.MiB - overhead.MiB + (has?.Memory.MiB ?? 0)));
        return new Finding(
            available >= more,
            found,
            has is null
                ? $"{more.ToHumanString()} ({memory} and {overhead} for the hypervisor)"
                : $"{more.ToHumanString()} more than the host has",
            most < Limits.LeastMemory
                ? $"end other programs: a host needs {Limits.LeastMemory} at least."
                : $"end other programs, or give the host less: --memory {most.MiB}MiB at most."
        );
    }

    private async Task<ByteSize> ReadAvailableAsync(CancellationToken cancellationToken)
    {
        var line = (await File.ReadAllLinesAsync(meminfo, cancellationToken)).First(line =>
            line.StartsWith("MemAvailable:", StringComparison.Ordinal)
        );
        var kibibytes = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        return new ByteSize(long.Parse(kibibytes, CultureInfo.InvariantCulture) << 10);
    }
}
