using ContainerHost.Errors;
using ContainerHost.Waiting;

namespace ContainerHost.Files;

/// <summary>A lock between processes: the operating system's own lock on a file, so that a dead owner never blocks; a file beside it names the owner.</summary>
internal sealed class ProcessLock : IDisposable
{
    // EWOULDBLOCK of Linux and macOS; ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION as results.
    private static readonly int[] Held = [11, 35, unchecked((int)0x80070020), unchecked((int)0x80070021)];

    private readonly FileStream _stream;

    private ProcessLock(FileStream stream) => _stream = stream;

    /// <summary>Takes the lock now, or returns null when another process (or another part of this one) has it.</summary>
    public static ProcessLock? TryTake(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            // No sharing: flock on Unix, a sharing violation on Windows. Even a reader is kept out, hence the owner's own file.
            var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            TellOwner(path);
            return new ProcessLock(stream);
        }
        catch (IOException exception) when (Held.Contains(exception.HResult))
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PrerequisitesMissingException(
                $"make files in {Path.GetDirectoryName(path)}",
                FileOwner.Explain(path, exception) ?? exception.Message,
                $"give {Environment.UserName} the right to write there, free space on its disk, or choose a folder of your own by --hosts-directory or --cache-directory."
            );
        }
    }

    /// <summary>Takes the lock or fails at once with <see cref="HostBusyException"/>, naming the owner's pid.</summary>
    public static ProcessLock Take(string path, string attempted, string? host = null) =>
        TryTake(path) ?? throw new HostBusyException(attempted, $"process {ReadOwner(path)} holds {path}", host);

    public static Task<ProcessLock> WaitAsync(string path, Wait wait, Poll poll, CancellationToken cancellationToken) =>
        poll.UntilAsync(
            wait,
            () =>
                TryTake(path) is { } taken
                    ? Looks.Found(taken)
                    : Looks.NotYet<ProcessLock>($"process {ReadOwner(path)} holds {path}"),
            cancellationToken
        );

    /// <summary>Lets the lock go; the file stays, since deleting it would let two owners in.</summary>
    public void Dispose() => _stream.Dispose();

    // For others to read; somebody who does just now is no reason not to work.
    private static void TellOwner(string path)
    {
        try
        {
            File.WriteAllText(OwnerOf(path), $"{Environment.ProcessId}\n");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException) { }
    }

    private static string OwnerOf(string path) => $"{path}.owner";

    private static string ReadOwner(string path)
    {
        try
        {
            return File.ReadAllText(OwnerOf(path)).Trim();
        }
        catch (IOException)
        {
            return "(unknown)";
        }
    }
}
