using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace ContainerHost.AnswerFiles.Iso;

/// <summary>A volume descriptor (ECMA-119, 8.4 and 8.5; Joliet marks its own with the escape sequence of UCS-2 level 3).</summary>
internal static class IsoVolumeDescriptor
{
    public static void Write(Span<byte> target, IsoVolume volume, string label, int sectors, DateTimeOffset at)
    {
        Head(target, (byte)(volume.Joliet ? 2 : 1));
        Text(target.Slice(8, 32), volume.Encoding, "");
        Text(target.Slice(40, 32), volume.Encoding, label);
        BothEndian.Write32(target[80..], sectors);
        if (volume.Joliet)
            "%/E"u8.CopyTo(target[88..]);
        BothEndian.Write16(target[120..], 1);
        BothEndian.Write16(target[124..], 1);
        BothEndian.Write16(target[128..], IsoImage.Sector);
        BothEndian.Write32(target[132..], IsoVolume.PathTableSize);
        BinaryPrimitives.WriteInt32LittleEndian(target[140..], volume.LittleEndianPathTable);
        BinaryPrimitives.WriteInt32BigEndian(target[148..], volume.BigEndianPathTable);
        IsoDirectoryRecord.Write(target[156..], [0], volume.RootFolder, IsoImage.Sector, folder: true, at);
        Text(target.Slice(190, 623), volume.Encoding, "");
        var stamp = at.UtcDateTime.ToString("yyyyMMddHHmmss00", CultureInfo.InvariantCulture);
        Encoding.ASCII.GetBytes(stamp).CopyTo(target[813..]);
        Encoding.ASCII.GetBytes(stamp).CopyTo(target[830..]);
        Encoding.ASCII.GetBytes("0000000000000000").CopyTo(target[847..]);
        Encoding.ASCII.GetBytes("0000000000000000").CopyTo(target[864..]);
        target[881] = 1;
    }

    public static void WriteTerminator(Span<byte> target) => Head(target, 255);

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
}
