using System.Diagnostics;

namespace ContainerHost.Processes;

/// <summary>A process that cannot be mistaken for a later one with the same number: its pid and its start time in UTC.</summary>
internal sealed record ProcessIdentity(int Id, DateTimeOffset StartedAt)
{
    public static ProcessIdentity Current { get; } = Find(Environment.ProcessId)!;

    public static ProcessIdentity? Find(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return process.HasExited ? null : new ProcessIdentity(id, process.StartTime.ToUniversalTime());
        }
        catch (Exception exception)
            when (exception is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    /// <summary>The processor time that it took so far, of all processors; null once it has ended.</summary>
    public TimeSpan? ProcessorTime
    {
        get
        {
            try
            {
                using var process = Process.GetProcessById(Id);
                return IsAlive ? process.TotalProcessorTime : null;
            }
            catch (Exception exception)
                when (exception
                        is ArgumentException
                            or InvalidOperationException
                            or System.ComponentModel.Win32Exception
                )
            {
                return null;
            }
        }
    }

    /// <summary>True while that very process lives; the platform's clock rounding of up to a second is allowed for.</summary>
    public bool IsAlive => Find(Id) is { } now && (now.StartedAt - StartedAt).Duration() < TimeSpan.FromSeconds(1.5);
}
