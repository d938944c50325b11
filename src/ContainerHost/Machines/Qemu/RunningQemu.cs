using ContainerHost.Processes;

namespace ContainerHost.Machines.Qemu;

/// <summary>A QEMU machine that runs here, whoever started it, with the name and UUID of its arguments.</summary>
internal sealed record RunningQemu(int ProcessId, string? Name, string? Uuid)
{
    public static IEnumerable<RunningQemu> List(string procDirectory) =>
        RunningProcess
            .List(procDirectory)
            .Where(process => IsQemu(process.Words[0]))
            .Select(process => new RunningQemu(process.Id, NameIn(process), process.After("-uuid")));

    // Distributions name it by the guest's architecture, or qemu-kvm.
    private static bool IsQemu(string program) =>
        Path.GetFileName(program) is "kvm" or "qemu-kvm"
        || Path.GetFileName(program).StartsWith("qemu-system-", StringComparison.Ordinal);

    // Either the bare name or libvirt's "guest=NAME,debug-threads=on".
    private static string? NameIn(RunningProcess process) =>
        process.After("-name")?.Split(',')[0] is not { } first ? null
        : first.StartsWith("guest=", StringComparison.Ordinal) ? first["guest=".Length..]
        : first;
}
