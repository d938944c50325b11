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
            return process.HasExited || HasEnded(id)
                ? null
                : new ProcessIdentity(id, process.StartTime.ToUniversalTime());
        }
        catch (Exception exception)
            when (exception is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    // What a daemon leaves until its parent asks for it, which the first process of some containers never does (proc(5): state Z, or X). A first thread looks so,
    // too, while others of its process end, which have its files and their locks until then: that is one of more threads than one.
    private static bool HasEnded(int id)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            const int threads = 20 - 3;
            return fields is ["Z" or "X", ..] && fields.Length > threads && fields[threads] is "0" or "1";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception is FileNotFoundException or DirectoryNotFoundException;
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
