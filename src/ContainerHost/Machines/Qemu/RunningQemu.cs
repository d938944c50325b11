using System.Globalization;

namespace ContainerHost.Machines.Qemu;

/// <summary>A QEMU machine that runs here, whoever started it, with the name and UUID of its arguments.</summary>
internal sealed record RunningQemu(int ProcessId, string? Name, string? Uuid)
{
    /// <summary>Every QEMU machine that runs here.</summary>
    public static IEnumerable<RunningQemu> List(string procDirectory) =>
        Directory.EnumerateDirectories(procDirectory).Select(Read).OfType<RunningQemu>();

    /// <summary>The machine of a folder such as <c>/proc/77</c>; null for another program.</summary>
    public static RunningQemu? Read(string process)
    {
        if (!int.TryParse(Path.GetFileName(process), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            return null;
        try
        {
            var words = File.ReadAllText(Path.Combine(process, "cmdline")).Split('\0');
            return IsQemu(words[0]) ? new RunningQemu(id, NameIn(words), After("-uuid", words)) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null; // It ended in between, or its arguments are hidden from us.
        }
    }

    // Distributions name it by the guest's architecture, or qemu-kvm.
    private static bool IsQemu(string program) =>
        Path.GetFileName(program) is "kvm" or "qemu-kvm"
        || Path.GetFileName(program).StartsWith("qemu-system-", StringComparison.Ordinal);

    // Either the bare name or libvirt's "guest=NAME,debug-threads=on".
    private static string? NameIn(string[] words) =>
        After("-name", words)?.Split(',')[0] is not { } first ? null
        : first.StartsWith("guest=", StringComparison.Ordinal) ? first["guest=".Length..]
        : first;

    private static string? After(string option, string[] words)
    {
        var at = Array.IndexOf(words, option);
        return at >= 0 && at + 1 < words.Length ? words[at + 1] : null;
    }
}
