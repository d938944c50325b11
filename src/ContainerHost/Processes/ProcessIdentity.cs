using System.Diagnostics;
using System.Globalization;

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

    /// <summary>
    /// The bytes of memory that nobody else has a part in: what is resident but for what files and shared memory back ("resident" and "shared" of statm, in pages;
    /// Linux' Documentation/filesystems/proc.rst, table 1-3). Unlike smaps_rollup it holds nobody up. Null once it has ended, and where Linux does not tell.
    /// </summary>
    public long? OwnMemory
    {
        get
        {
            if (!OperatingSystem.IsLinux() || !IsAlive)
                return null;
            try
            {
                var pages = File.ReadAllText($"/proc/{Id}/statm").Split(' ');
                var own = Read(pages[1]) - Read(pages[2]);
                return Math.Max(0, own) * Environment.SystemPageSize;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return null;
            }

            static long Read(string number) => long.Parse(number, CultureInfo.InvariantCulture);
        }
    }

    /// <summary>True while that very process lives; the platform's clock rounding of up to a second is allowed for.</summary>
    public bool IsAlive => Find(Id) is { } now && (now.StartedAt - StartedAt).Duration() < TimeSpan.FromSeconds(1.5);
}
