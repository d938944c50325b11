using System.Text.Json.Nodes;
using ContainerHost.Errors;
using ContainerHost.Processes;
using ContainerHost.Specification;

namespace ContainerHost.Media;

/// <summary>Makes boot media of a ready disk image that boots by its own loader, once it is known what it is.</summary>
internal sealed class DiskImageReader(IProcessRunner processes)
{
    /// <summary>Reads what qemu-img tells of the image; its digest, where that is known already, is not worked out again.</summary>
    public async Task<BaseDisk> ReadAsync(
        string path,
        string origin,
        CancellationToken cancellationToken,
        string? sha256 = null
    )
    {
        // Windows has no qemu-img by itself, and a disk of its own format needs none.
        var format = await VhdxConversion.IsVhdxAsync(path, cancellationToken)
            ? DiskFormat.Vhdx
            : await AskAsync(path, cancellationToken);
        var digest = sha256 ?? await CheckedFile.ComputeAsync(path, cancellationToken);
        return new BaseDisk
        {
            DiskPath = path,
            Format = format,
            Sha256 = digest,
            Origin = origin,
            Fingerprint = Fingerprint.OfDigest(digest),
        };
    }

    private async Task<DiskFormat> AskAsync(string path, CancellationToken cancellationToken)
    {
        var result = await processes.RunCheckedAsync(
            new Command("qemu-img", "info", "--output=json", path),
            "read the disk image",
            "see that it is a disk image of the format raw, qcow2 or VHDX.",
            cancellationToken
        );
        return FormatOf(path, JsonNode.Parse(result.StandardOutput));
    }

    private static DiskFormat FormatOf(string path, JsonNode? info)
    {
        // Another file would be opened by a name that somebody else chose.
        if (info?["backing-filename"] is { } backing)
            throw Unusable(path, $"it is an overlay on another image, {backing}");
        if (info?["format-specific"]?["data"]?["data-file"] is { } data)
            throw Unusable(path, $"its data lies in another file, {data}");
        return info?["format"]?.GetValue<string>() switch
        {
            "raw" => DiskFormat.Raw,
            "qcow2" => DiskFormat.Qcow2,
            "vhdx" => DiskFormat.Vhdx,
            var other => throw Unusable(path, $"its format is {other}"),
        };
    }

    private static ContainerHostException Unusable(string path, string saw) =>
        new(
            $"use the disk image {path}",
            saw,
            "give a whole image of the format raw, qcow2 or VHDX; 'qemu-img convert' makes one."
        );
}
