using ContainerHost.Errors;

namespace ContainerHost.Tests.Sweeps;

/// <summary>Counts the calls of a run to the world, and says which of them goes wrong.</summary>
internal sealed class Ports
{
    /// <summary>What each fault is told as, by the system or by a library; the operator must read it.</summary>
    private static readonly Dictionary<PortFault, string> Words = new()
    {
        [PortFault.NoSpace] = "No space left on device",
        [PortFault.InputOutput] = "Input/output error",
        [PortFault.ReadOnly] = "Read-only file system",
        [PortFault.Denied] = "Permission denied",
        [PortFault.Killed] = "exit code 137",
        [PortFault.Missing] = "No such file or directory",
        [PortFault.Lost] = "the connection broke",
        [PortFault.Stalls] = "it still runs",
        [PortFault.Reboots] = "the guest went away",
        [PortFault.Refused] = "the server refuses",
    };

    private readonly Lock _lock = new();
    private readonly List<PortCall> _calls = [];

    public IReadOnlyList<PortCall> Calls
    {
        get
        {
            lock (_lock)
                return [.. _calls];
        }
    }

    /// <summary>Which call fails how; none by default.</summary>
    public Func<PortCall, PortFault?> Faults { get; set; } = _ => null;

    /// <summary>Counts a call, and returns how it goes wrong.</summary>
    public PortFault? Enter(Port port, string name)
    {
        PortCall call;
        lock (_lock)
            _calls.Add(call = new PortCall(_calls.Count + 1, port, name));
        return Faults(call);
    }

    /// <summary>What is seen of a fault; empty where nothing says that it happened.</summary>
    public static string Told(PortFault fault) => Words.GetValueOrDefault(fault, "");

    /// <summary>The error of a library's call that goes wrong.</summary>
    public static ContainerHostException Broken(string attempted, PortFault fault) =>
        fault == PortFault.Stalls
            ? new DeadlineException($"{attempted} ends", TimeSpan.FromMinutes(5), Told(fault), "look at it.")
            : new ContainerHostException(attempted, Told(fault), "run it again.");
}
