using System.Security.Cryptography;

namespace ContainerHost.Files;

/// <summary>Writes files in which blocks of zeros take no room, as memory and disks mostly are.</summary>
internal static class SparseFile
{
    private const int Block = 1 << 16;

    /// <summary>Writes a new file of exactly that length, for the owner alone, and hashes it on the way.</summary>
    /// <exception cref="EndOfStreamException">There is less to read.</exception>
    public static async Task WriteAsync(
        string path,
        Stream from,
        long length,
        IncrementalHash hash,
        CancellationToken cancellationToken
    )
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        // A key that others may read is none for ssh.
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var file = new FileStream(path, options);
        var block = new byte[Block];
        while (length > 0)
        {
            var part = block.AsMemory(0, (int)Math.Min(Block, length));
            await from.ReadExactlyAsync(part, cancellationToken);
            hash.AppendData(part.Span);
            if (part.Span.ContainsAnyExcept((byte)0))
                await file.WriteAsync(part, cancellationToken);
            else
                file.Seek(part.Length, SeekOrigin.Current);
            length -= part.Length;
        }
        file.SetLength(file.Position);
        file.Flush(flushToDisk: true);
    }
}
