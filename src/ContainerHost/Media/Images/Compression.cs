using System.Buffers.Binary;
using System.IO.Compression;
using SharpCompress.Compressors.Xz;
using SharpCompress.Compressors.ZStandard;

namespace ContainerHost.Media.Images;

/// <summary>The ways that vendors pack a disk image.</summary>
internal static class Compression
{
    /// <summary>The name of the one that a file begins like; null for none.</summary>
    public static string? Of(ReadOnlySpan<byte> start) =>
        start switch
        {
            [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00, ..] => "xz",
            [0x1f, 0x8b, ..] => "gzip",
            [0x28, 0xb5, 0x2f, 0xfd, ..] => "zstd",
            [0x50, 0x4b, 0x03, 0x04, ..] => "zip",
            _ => null,
        };

    /// <summary>What is packed in a file.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or a zip of several files.</exception>
    public static Stream Open(string name, Stream file) =>
        name switch
        {
            "xz" => new XZStream(file),
            "gzip" => new GZipStream(file, CompressionMode.Decompress, leaveOpen: true),
            "zstd" => new DecompressionStream(file, 0, checkEndOfStream: true, leaveOpen: false),
            "zip" => Only(new ZipArchive(file)).Open(),
            _ => throw new NotSupportedException($"nothing unpacks {name}"),
        };

    /// <summary>Refuses a file that is cut off, or has several packed streams.</summary>
    /// <exception cref="InvalidDataException">There is more in it.</exception>
    public static void RequireEnd(string name, Stream file, long unpacked)
    {
        var isWhole = name is "zip" or "gzip" || file.Position == file.Length;
        if (name == "gzip")
        {
            // Its reader takes a file that is cut off for a whole one, and all streams for one; the last four bytes have the size of the last (RFC
            // 1952, ISIZE).
            Span<byte> size = stackalloc byte[4];
            file.Seek(-4, SeekOrigin.End);
            file.ReadExactly(size);
            isWhole = BinaryPrimitives.ReadUInt32LittleEndian(size) == (uint)(unpacked & uint.MaxValue);
        }
        if (!isWhole)
            throw new InvalidDataException(
                name == "gzip"
                    ? "it is cut off, has something behind its end, or several packed streams"
                    : "it has several packed streams, one after another"
            );
    }

    private static ZipArchiveEntry Only(ZipArchive archive) =>
        archive.Entries.Where(entry => entry.Length > 0).ToList() is [var only]
            ? only
            : throw new InvalidDataException($"it has {archive.Entries.Count} files instead of one");
}
