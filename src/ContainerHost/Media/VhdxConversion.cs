using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Media;

/// <summary>Turns base disks of other formats into VHDX, the only one that Hyper-V starts machines of generation 2 from; kept in the cache by digest.</summary>
internal sealed class VhdxConversion(CacheFolder cache, IProcessRunner processes, TimeProvider time)
{
    // The first bytes of such a file (Microsoft's specification MS-VHDX, "File Type Identifier").
    private static readonly byte[] Signature = "vhdxfile"u8.ToArray();

    public static bool IsVhdx(string path)
    {
        using var file = File.OpenRead(path);
        var start = new byte[Signature.Length];
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length
            && start.AsSpan().SequenceEqual(Signature);
    }

    /// <summary>The same medium on a disk in VHDX.</summary>
    public async Task<BaseDisk> ConvertAsync(BaseDisk media, CancellationToken cancellationToken)
    {
        if (media.Format == DiskFormat.Vhdx)
            return media;
        var path = Path.Combine(cache.Converted, $"{media.Sha256}.vhdx");
        // Two conversions of one disk differ in their identifiers; what the medium is, its source says.
        var poll = new Poll(time) { Interval = TimeSpan.FromMilliseconds(250) };
        var digest = await new MadeOnce(cache, poll).ObtainAsync(
            $"vhdx-{Fingerprint.OfDigest(media.Sha256)}",
            new Wait("another process has converted the disk", TimeLimits.OtherBuild, "end that process if it hangs."),
            () => CheckedFile.DigestOfAsync(path, cancellationToken),
            async () =>
            {
                await MakeAsync(media.DiskPath, media.Format, path, cancellationToken);
                await CheckedFile.RecordAsync(path, cancellationToken);
            },
            cancellationToken
        );
        return media with { DiskPath = path, Format = DiskFormat.Vhdx, Sha256 = digest };
    }

    private async Task MakeAsync(string source, DiskFormat format, string path, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var half = $"{path}.{Guid.NewGuid():N}.part";
        var convert = new Command(
            "qemu-img",
            "convert",
            "-f",
            format.ToString().ToLowerInvariant(),
            "-O",
            "vhdx",
            "-o",
            "subformat=dynamic",
            source,
            half
        );
        try
        {
            await processes.RunCheckedAsync(
                convert,
                $"convert {source} to VHDX",
                "install qemu-img (on Windows with QEMU's installer), see that the cache has space, or bring a VHDX with --disk-image.",
                cancellationToken
            );
            File.Move(half, path, overwrite: true);
        }
        finally
        {
            File.Delete(half);
        }
    }
}
