using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace ContainerHost.AnswerFiles.Iso;

/// <summary>The records of an image. Numbers are written twice, little-endian and big-endian (ECMA-119, 7.2.3 and 7.3.3).</summary>
internal static class IsoRecords
{
    private const int FixedPart = 33;

    /// <summary>A volume descriptor (8.4 and 8.5; Joliet marks its own with the escape sequence of UCS-2 level 3).</summary>
    public static void WriteVolume(Span<byte> target, IsoVolume volume, string label, int sectors, DateTimeOffset at)
    {
        Head(target, (byte)(volume.Joliet ? 2 : 1));
        Text(target.Slice(8, 32), volume.Encoding, "");
        Text(target.Slice(40, 32), volume.Encoding, label);
        Write32(target[80..], sectors);
        if (volume.Joliet)
            "%/E"u8.CopyTo(target[88..]);
        Write16(target[120..], 1);
        Write16(target[124..], 1);
        Write16(target[128..], IsoImage.Sector);
        Write32(target[132..], IsoVolume.PathTableSize);
        BinaryPrimitives.WriteInt32LittleEndian(target[140..], volume.LittleEndianPathTable);
        BinaryPrimitives.WriteInt32BigEndian(target[148..], volume.BigEndianPathTable);
        WriteEntry(target[156..], [0], volume.RootFolder, IsoImage.Sector, folder: true, at);
        Text(target.Slice(190, 623), volume.Encoding, "");
        var stamp = at.UtcDateTime.ToString("yyyyMMddHHmmss00", CultureInfo.InvariantCulture);
        Encoding.ASCII.GetBytes(stamp).CopyTo(target[813..]);
        Encoding.ASCII.GetBytes(stamp).CopyTo(target[830..]);
        Encoding.ASCII.GetBytes("0000000000000000").CopyTo(target[847..]);
        Encoding.ASCII.GetBytes("0000000000000000").CopyTo(target[864..]);
        target[881] = 1;
    }

    public static void WriteTerminator(Span<byte> target) => Head(target, 255);

    public static int SizeOfEntry(ReadOnlySpan<byte> name) => (FixedPart + name.Length + 1) & ~1;

    /// <summary>A folder's record of one of its files, or of a folder (9.1).</summary>
    public static int WriteEntry(
        Span<byte> target,
        ReadOnlySpan<byte> name,
        int sector,
        int size,
        bool folder,
        DateTimeOffset at
    )
    {
        var length = SizeOfEntry(name);
        target[0] = (byte)length;
        Write32(target[2..], sector);
        Write32(target[10..], size);
        var utc = at.UtcDateTime;
        target[18] = (byte)(utc.Year - 1900);
        target[19] = (byte)utc.Month;
        target[20] = (byte)utc.Day;
        target[21] = (byte)utc.Hour;
        target[22] = (byte)utc.Minute;
        target[23] = (byte)utc.Second;
        target[25] = (byte)(folder ? 2 : 0);
        Write16(target[28..], 1);
        target[32] = (byte)name.Length;
        name.CopyTo(target[FixedPart..]);
        return length;
    }

    private static void Head(Span<byte> target, byte type)
    {
        target[0] = type;
        "CD001"u8.CopyTo(target[1..]);
        target[6] = 1;
    }

    // Unused characters are spaces in the volume's own encoding, and an odd last byte is zero.
    private static void Text(Span<byte> target, Encoding encoding, string text)
    {
        var width = encoding == Encoding.ASCII ? 1 : 2;
        encoding.GetBytes(text.PadRight(target.Length / width)).CopyTo(target);
    }

    private static void Write32(Span<byte> target, int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(target, value);
        BinaryPrimitives.WriteInt32BigEndian(target[4..], value);
    }

    private static void Write16(Span<byte> target, short value)
    {
        BinaryPrimitives.WriteInt16LittleEndian(target, value);
        BinaryPrimitives.WriteInt16BigEndian(target[2..], value);
    }
}
