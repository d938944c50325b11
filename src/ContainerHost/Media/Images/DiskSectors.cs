using System.Text.Json.Nodes;
using ContainerHost.Processes;

namespace ContainerHost.Media.Images;

/// <summary>Reads what a guest would see of a disk image.</summary>
internal sealed class DiskSectors(IProcessRunner processes, string path, DiskFormat format, long size)
{
    private const int Sector = 512;

    /// <summary>Up to so many bytes from an offset on; fewer at the disk's end.</summary>
    public async Task<byte[]> ReadAsync(long offset, int count, CancellationToken cancellationToken)
    {
        var there = (int)Math.Clamp(size - offset, 0, count) / Sector * Sector;
        if (there == 0)
            return [];
        var part = Path.GetTempFileName();
        // QEMU's raw driver shows a part of what lies below it (QEMU block drivers reference, "raw").
        var view = new JsonObject
        {
            ["driver"] = "raw",
            ["offset"] = offset,
            ["size"] = there,
            ["file"] = new JsonObject
            {
                ["driver"] = format.ToString().ToLowerInvariant(),
                ["file"] = new JsonObject { ["driver"] = "file", ["filename"] = path },
            },
        };
        try
        {
            await processes.RunCheckedAsync(
                new Command("qemu-img", "convert", "-O", "raw", $"json:{view.ToJsonString()}", part),
                "read the disk image",
                "see that it is whole: 'qemu-img check' tells more.",
                cancellationToken
            );
            return await File.ReadAllBytesAsync(part, cancellationToken);
        }
        finally
        {
            File.Delete(part);
        }
    }
}
