using ContainerHost.Errors;
using ContainerHost.Specification;
using ContainerHost.Waiting;
using SharpCompress.Common;

namespace ContainerHost.Media.Images;

/// <summary>Unpacks a packed disk image into the cache, once for each digest.</summary>
internal sealed class ImageUnpacker(CacheFolder cache, TimeProvider time)
{
    private const int Block = 1 << 20;
    private static readonly ByteSize Largest = ByteSize.FromGiB(512);

    /// <summary>The path of what is packed in the file, 512 GiB at most, and its SHA-256.</summary>
    /// <exception cref="ContainerHostException">It is damaged, too large, or does not fit into the cache.</exception>
    public async Task<(string Path, string Sha256)> UnpackAsync(
        string packed,
        string sha256,
        string compression,
        CancellationToken cancellationToken
    )
    {
        var path = Path.Combine(cache.Unpacked, $"{sha256}.img");
        var digest = await new MadeOnce(
            cache,
            new Poll(time) { Interval = TimeSpan.FromMilliseconds(250) }
        ).ObtainAsync(
            $"unpacked-{Fingerprint.OfDigest(sha256)}",
            new Wait("another process has unpacked the image", TimeLimits.OtherBuild, "end that process if it hangs."),
            () => CheckedFile.DigestOfAsync(path, cancellationToken),
            () => MakeAsync(packed, path, compression, cancellationToken),
            cancellationToken
        );
        return (path, digest);
    }

    private static async Task MakeAsync(
        string packed,
        string path,
        string compression,
        CancellationToken cancellationToken
    )
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var half = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            await using (var file = File.OpenRead(packed))
            await using (var content = Compression.Open(compression, file))
            await using (var disk = File.Create(half))
            {
                await CopySparseAsync(content, disk, cancellationToken);
                Compression.RequireEnd(compression, file, disk.Length);
            }
            File.Move(half, path, overwrite: true);
            await CheckedFile.RecordAsync(path, cancellationToken);
        }
        catch (Exception failed) when (failed is IOException or InvalidDataException or SharpCompressException)
        {
            throw new UnusableFileException(
                $"unpack {packed} ({compression})",
                failed.Message,
                "see that the file is whole and the cache has room, or unpack it yourself and give the disk in it.",
                failed
            );
        }
        finally
        {
            File.Delete(half);
        }
    }

    // Empty blocks, of which a disk has most, take no room.
    private static async Task CopySparseAsync(Stream from, FileStream to, CancellationToken cancellationToken)
    {
        var block = new byte[Block];
        for (
            int read;
            (read = await from.ReadAtLeastAsync(block, Block, throwOnEndOfStream: false, cancellationToken)) > 0;

        )
        {
            if (to.Position + read > Largest.Bytes)
                throw new InvalidDataException($"it unpacks to more than {Largest.ToHumanString()}");
            if (block.AsSpan(0, read).ContainsAnyExcept((byte)0))
                await to.WriteAsync(block.AsMemory(0, read), cancellationToken);
            else
                to.Seek(read, SeekOrigin.Current);
        }
        to.SetLength(to.Position);
    }
}
