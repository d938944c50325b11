using System.Text.Json.Nodes;
using ContainerHost.Errors;
using ContainerHost.Processes;
using ContainerHost.Specification;

namespace ContainerHost.Media.Images;

/// <summary>Makes boot media of a ready disk image that boots by its own loader, once it is known what it is.</summary>
/// <param name="processes">Run qemu-img.</param>
/// <param name="path">Where it lies.</param>
/// <param name="origin">What the user knows it by.</param>
internal sealed class DiskImageReader(IProcessRunner processes, string path, string origin)
{
    // The names by which firmware finds a loader (UEFI specification 2.10, table 3-2), as a FAT directory has them.
    private static readonly byte[] LoaderHere = "BOOTX64 EFI"u8.ToArray();
    private static readonly byte[] LoaderOfArm = "BOOTAA64EFI"u8.ToArray();

    // Where the directories of an EFI system partition lie.
    private const int Directories = 32 << 20;

    /// <summary>
    /// Opens the image: its kind, its format, how it starts; its digest, where that is known already, is not worked out again. With
    /// <paramref name="needsUefi"/> it must start by UEFI.
    /// </summary>
    /// <exception cref="ContainerHostException">No machine would start from it.</exception>
    public async Task<BaseDisk> ReadAsync(bool needsUefi, CancellationToken cancellationToken, string? sha256 = null)
    {
        var start = await BeginningAsync(path, ForeignFile.Telling, cancellationToken);
        if (ForeignFile.Of(start, new FileInfo(path).Length) is var (saw, advice))
            throw Unbootable(saw, advice);
        var (format, size) = await KnowAsync(cancellationToken);
        var boot = size == 0 ? null : await StartOfAsync(format, size, needsUefi, cancellationToken);
        var digest = sha256 ?? await CheckedFile.ComputeAsync(path, cancellationToken);
        return new BaseDisk
        {
            DiskPath = path,
            Format = format,
            Size = size,
            NeedsUefi = boot is { HasBootSector: false },
            Sha256 = digest,
            Origin = origin,
            Fingerprint = Fingerprint.OfDigest(digest),
        };
    }

    public static async Task<byte[]> BeginningAsync(string path, int count, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        var start = new byte[count];
        return start[..await file.ReadAtLeastAsync(start, count, throwOnEndOfStream: false, cancellationToken)];
    }

    private async Task<(DiskFormat Format, long Size)> KnowAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(cancellationToken);
        }
        catch (PrerequisitesMissingException) when (VhdxConversion.IsVhdx(path))
        {
            // Windows has no qemu-img by itself, and a disk of its own format needs none.
            return (DiskFormat.Vhdx, 0);
        }
    }

    private async Task<(DiskFormat Format, long Size)> AskAsync(CancellationToken cancellationToken)
    {
        var info = JsonNode.Parse(await AskAsync("info", cancellationToken))!;
        var format = FormatOf(info);
        // Raw disks have nothing to check.
        if (format != DiskFormat.Raw)
            await AskAsync("check", cancellationToken);
        return (format, info["virtual-size"]!.GetValue<long>());
    }

    private async Task<string> AskAsync(string question, CancellationToken cancellationToken)
    {
        var result = await processes.RunAsync(
            new Command("qemu-img", question, "--output=json", path),
            cancellationToken
        );
        // 3: clusters are leaked, which takes room and harms nothing (qemu-img(1)).
        return result.ExitCode is 0 or 3
            ? result.StandardOutput
            : throw Unbootable(
                $"'qemu-img {question}' ended with {result.ExitCode}: {Last(result)}",
                "download or copy it again; it must be a whole disk image of the format raw, qcow2 or VHDX."
            );
    }

    private static string Last(CommandResult result) =>
        result.StandardError.Trim() is { Length: > 0 } said ? said.Split('\n')[^1] : "the image is damaged or cut off";

    private DiskFormat FormatOf(JsonNode info)
    {
        // Another file would be opened by a name that somebody else chose.
        if (info["backing-filename"] is { } backing)
            throw Unusable($"it is an overlay on another image, {backing}");
        var details = info["format-specific"]?["data"] as JsonObject;
        if (details?["data-file"] is { } data)
            throw Unusable($"its data lies in another file, {data}");
        if (info["encrypted"]?.GetValue<bool>() == true || details?["encrypt"] is not null)
            throw Unusable("it is encrypted");
        return info["format"]?.GetValue<string>() switch
        {
            "raw" => DiskFormat.Raw,
            "qcow2" => DiskFormat.Qcow2,
            "vhdx" => DiskFormat.Vhdx,
            var other => throw Unusable($"its format is {other}"),
        };
    }

    private async Task<BootStart> StartOfAsync(
        DiskFormat format,
        long size,
        bool needsUefi,
        CancellationToken cancellationToken
    )
    {
        var sectors = new DiskSectors(processes, path, format, size);
        var start = BootStart.Of(await sectors.ReadAsync(0, BootStart.Telling, cancellationToken));
        if (start.EfiPartition is { } partition)
        {
            var directories = await sectors.ReadAsync(partition, Directories, cancellationToken);
            if (Has(directories, LoaderOfArm) && !Has(directories, LoaderHere))
                throw Unbootable("its loader is for ARM64 processors", "give the image for x86-64 (amd64).");
        }
        else if (needsUefi)
            throw Unbootable(
                "it has no EFI system partition, and the machine would start by UEFI only",
                "give an image that starts by UEFI."
            );
        else if (!start.HasBootSector)
            throw Unbootable(
                "it has neither a boot sector nor an EFI system partition, so no machine starts from it",
                "give an image that boots by itself, such as a vendor's cloud image."
            );
        return start;
    }

    private static bool Has(ReadOnlySpan<byte> directories, ReadOnlySpan<byte> name) => directories.IndexOf(name) >= 0;

    private UnusableFileException Unbootable(string saw, string advice) =>
        new($"use the disk image {origin}", saw, advice);

    private UnusableFileException Unusable(string saw) =>
        Unbootable(saw, "give a whole image of the format raw, qcow2 or VHDX; 'qemu-img convert' makes one.");
}
