using Serilog;
using Serilog.Core;

namespace ContainerHost.Targets.Hosting;

/// <summary>The engine's log of a checkout, <c>.nuke/temp/build.log</c>: several runs may start and go on at once.</summary>
internal sealed class CheckoutLog : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    // A start takes a second; who still waits then had better try.
    private const int Pauses = 500;

    // EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION.
    private static readonly int[] Held = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream? _starting;

    private CheckoutLog(FileStream? starting) => _starting = starting;

    /// <summary>
    /// Gets the log out of the way of an engine that starts from the first of these folders that a checkout is around, and keeps other starts waiting, ten
    /// seconds at most, until the engine has opened it. Nothing here fails: what is wrong with the log the engine tells itself.
    /// </summary>
    public static CheckoutLog Free(params IEnumerable<string> from)
    {
        var root = from.SelectMany(Upwards).FirstOrDefault(folder => Directory.Exists(Path.Combine(folder, ".nuke")));
        // Where nobody has run yet a call that is refused leaves nothing.
        if (root is null || Path.Combine(root, ".nuke", "temp") is not { } temporary || !Directory.Exists(temporary))
            return new CheckoutLog(null);
        var log = new CheckoutLog(Take(temporary));
        MoveAside(Path.Combine(temporary, "build.log"));
        _ = log.ReleaseOnceOpenAsync();
        return log;
    }

    private static IEnumerable<string> Upwards(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
            yield return folder.FullName;
    }

    public void Dispose() => _starting?.Dispose();

    private static FileStream? Take(string folder)
    {
        var path = Path.Combine(folder, "build.start");
        for (var pauses = 0; pauses < Pauses; pauses++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException held) when (Held.Contains(held.HResult))
            {
                Thread.Sleep(Pause);
            }
            catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
            {
                break;
            }
        }
        return null;
    }

    // An engine empties the log of the run before, and ends when that still goes on. A log that was moved is written on by whoever has it open;
    // where it cannot be moved (Windows) the engine says itself that it is in use.
    private static void MoveAside(string log)
    {
        if (!File.Exists(log))
            return;
        try
        {
            using var free = File.Open(log, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            TryMove(log, Path.ChangeExtension(log, $".{Guid.NewGuid():N}.log"));
        }
        catch (UnauthorizedAccessException) { }
    }

    private static void TryMove(string from, string to)
    {
        try
        {
            File.Move(from, to);
        }
        catch (Exception stays) when (stays is IOException or UnauthorizedAccessException) { }
    }

    // An engine hands its logger to Serilog when the file is open, and tells nobody.
    private async Task ReleaseOnceOpenAsync()
    {
        while (Log.Logger == Logger.None)
            await Task.Delay(Pause);
        Dispose();
    }
}
