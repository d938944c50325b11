using System.Diagnostics;
using System.Text;

namespace ContainerHost.Files;

/// <summary>Writes files that are either there whole or not there: temporary file, fsync, rename, fsync of the folder.</summary>
internal static class AtomicFile
{
    /// <summary>Tells whoever listens of each file, by its path, before it gets its name and after.</summary>
    private static readonly DiagnosticListener Writes = new("ContainerHost.AtomicFile");

    /// <summary>Writes bytes; with <paramref name="secret"/> only the owner may read them (Unix mode 0600) from the first byte on.</summary>
    public static Task WriteAsync(
        string path,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken,
        bool secret = false
    ) => WriteAsync(path, async (stream, token) => await stream.WriteAsync(content, token), cancellationToken, secret);

    /// <summary>Has somebody write what may be more than memory holds.</summary>
    public static async Task WriteAsync(
        string path,
        Func<Stream, CancellationToken, Task> write,
        CancellationToken cancellationToken,
        bool secret = false
    )
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        RemoveStrays(Path.GetFullPath(path));
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Options = FileOptions.Asynchronous,
        };
        if (secret && !OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            await using (var stream = new FileStream(temporary, options))
            {
                await write(stream, cancellationToken);
                stream.Flush(flushToDisk: true);
                // Windows gives no name to a file that is open.
                if (!OperatingSystem.IsWindows())
                    Name();
            }
            if (OperatingSystem.IsWindows())
                Name();
            FolderSync.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
        Tell("named", path);

        void Name()
        {
            Tell("naming", path);
            File.Move(temporary, path, overwrite: true);
        }
    }

    // What a process left that was killed while it wrote this file; one that writes it now has its own open, and locked, until it is named.
    private static void RemoveStrays(string path)
    {
        var name = Path.GetFileName(path);
        foreach (var stray in Directory.EnumerateFiles(Path.GetDirectoryName(path)!, $"{name}.*.tmp"))
        {
            if (!Guid.TryParseExact(Path.GetFileName(stray)[(name.Length + 1)..^".tmp".Length], "N", out _))
                continue;
            try
            {
                new FileStream(stray, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
                File.Delete(stray);
            }
            catch (Exception kept) when (kept is IOException or UnauthorizedAccessException) { }
        }
    }

    private static void Tell(string what, string path)
    {
        if (Writes.IsEnabled())
            Writes.Write(what, path);
    }

    /// <summary>Writes text as UTF-8 without a byte order mark.</summary>
    public static Task WriteTextAsync(
        string path,
        string content,
        CancellationToken cancellationToken,
        bool secret = false
    ) => WriteAsync(path, Encoding.UTF8.GetBytes(content), cancellationToken, secret);
}
