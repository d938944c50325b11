using System.Text;

namespace ContainerHost.Files;

/// <summary>Writes files that are either there whole or not there: temporary file, fsync, rename, fsync of the folder.</summary>
internal static class AtomicFile
{
    /// <summary>Writes bytes; with <paramref name="secret"/> only the owner may read them (Unix mode 0600) from the first byte on.</summary>
    public static async Task WriteAsync(
        string path,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken,
        bool secret = false
    )
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
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
                await stream.WriteAsync(content, cancellationToken);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
            FolderSync.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Writes text as UTF-8 without a byte order mark.</summary>
    public static Task WriteTextAsync(
        string path,
        string content,
        CancellationToken cancellationToken,
        bool secret = false
    ) => WriteAsync(path, Encoding.UTF8.GetBytes(content), cancellationToken, secret);
}
