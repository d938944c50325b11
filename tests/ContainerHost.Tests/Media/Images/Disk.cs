using System.Buffers.Binary;
using System.Text;

namespace ContainerHost.Tests.Media.Images;

/// <summary>A small raw disk with what a reader looks at: a boot sector, a partition table, a loader's name.</summary>
internal static class Disk
{
    private const int Sector = 512;

    /// <summary>Four MiB, with code in its first sector.</summary>
    public static byte[] OfBios()
    {
        var disk = new byte[4 << 20];
        disk[0] = 0xfa;
        (disk[510], disk[511]) = (0x55, 0xaa);
        return disk;
    }

    /// <summary>Four MiB with a GPT, whose second entry is an EFI system partition with that loader.</summary>
    public static byte[] OfUefi(string loader = "BOOTX64 EFI", int sector = Sector)
    {
        var disk = new byte[4 << 20];
        (disk[510], disk[511]) = (0x55, 0xaa);
        disk[446 + 4] = 0xee;
        var header = disk.AsSpan(sector);
        "EFI PART"u8.CopyTo(header);
        BinaryPrimitives.WriteInt64LittleEndian(header[72..], 2);
        BinaryPrimitives.WriteUInt32LittleEndian(header[80..], 128);
        BinaryPrimitives.WriteUInt32LittleEndian(header[84..], 128);
        var entry = disk.AsSpan((2 * sector) + 128);
        new Guid("c12a7328-f81f-11d2-ba4b-00a0c93ec93b").ToByteArray().CopyTo(entry);
        BinaryPrimitives.WriteInt64LittleEndian(entry[32..], (2 << 20) / sector);
        Encoding.ASCII.GetBytes(loader).CopyTo(disk.AsSpan((2 << 20) + 70_000));
        return disk;
    }

    /// <summary>Four MiB with an EFI system partition in an MBR.</summary>
    public static byte[] OfUefiByMbr()
    {
        var disk = new byte[4 << 20];
        (disk[510], disk[511]) = (0x55, 0xaa);
        disk[446 + 16 + 4] = 0xef;
        BinaryPrimitives.WriteUInt32LittleEndian(disk.AsSpan(446 + 16 + 8), 4096);
        "BOOTX64 EFI"u8.CopyTo(disk.AsSpan((2 << 20) + 70_000));
        return disk;
    }
}
