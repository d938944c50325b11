using System.Buffers.Binary;

namespace ContainerHost.Media.Images;

/// <summary>How a disk starts, by its first sectors (UEFI specification 2.10, chapter 5, "GUID Partition Table (GPT) Disk Layout").</summary>
/// <param name="HasBootSector">True when its first sector has code, which a BIOS starts.</param>
/// <param name="EfiPartition">Where its EFI system partition begins, in bytes; null when it has none.</param>
internal sealed record BootStart(bool HasBootSector, long? EfiPartition)
{
    /// <summary>As many bytes at a disk's beginning tell it.</summary>
    public const int Telling = 1 << 20;

    private const int Sector = 512;
    private const int PartitionTable = 446;
    private const byte EfiType = 0xef;

    // C12A7328-F81F-11D2-BA4B-00A0C93EC93B.
    private static readonly byte[] EfiGuid = new Guid("c12a7328-f81f-11d2-ba4b-00a0c93ec93b").ToByteArray();

    public static BootStart Of(ReadOnlySpan<byte> disk)
    {
        if (disk.Length < 2 * Sector)
            return new BootStart(false, null);
        var isMarked = disk[510] == 0x55 && disk[511] == 0xaa;
        var hasCode = isMarked && disk[..440].ContainsAnyExcept((byte)0);
        return new BootStart(hasCode, InGpt(disk, Sector) ?? InGpt(disk, 4096) ?? (isMarked ? InMbr(disk) : null));
    }

    private static long? InMbr(ReadOnlySpan<byte> disk)
    {
        for (var entry = PartitionTable; entry < 510; entry += 16)
        {
            if (disk[entry + 4] == EfiType)
                return BinaryPrimitives.ReadUInt32LittleEndian(disk[(entry + 8)..]) * (long)Sector;
        }
        return null;
    }

    private static long? InGpt(ReadOnlySpan<byte> disk, int sector)
    {
        if (disk.Length < 2 * sector || !disk[sector..].StartsWith("EFI PART"u8))
            return null;
        var header = disk[sector..];
        var first = BinaryPrimitives.ReadInt64LittleEndian(header[72..]) * sector;
        var count = BinaryPrimitives.ReadUInt32LittleEndian(header[80..]);
        var size = BinaryPrimitives.ReadUInt32LittleEndian(header[84..]);
        for (var i = 0; i < count && size >= 128; i++)
        {
            var at = first + (i * (long)size);
            if (at < 0 || at + 48 > disk.Length)
                break;
            var entry = disk[(int)at..];
            if (entry.StartsWith(EfiGuid))
                return BinaryPrimitives.ReadInt64LittleEndian(entry[32..]) * sector;
        }
        return null;
    }
}
