using System.Buffers.Binary;
using System.IO.Compression;

namespace ContainerHost.Machines.Screens;

/// <summary>Writes pictures as PNG (ISO/IEC 15948): eight bits a channel, no alpha, no filter.</summary>
internal static class PngImage
{
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static byte[] Write(ScreenPicture picture)
    {
        using var image = new MemoryStream();
        image.Write(Signature);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, picture.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), picture.Height);
        // Bits a channel, and colour type 2: red, green, blue.
        (header[8], header[9]) = (8, 2);
        WriteChunk(image, "IHDR"u8, header);
        WriteChunk(image, "IDAT"u8, Compress(Rows(picture)));
        WriteChunk(image, "IEND"u8, []);
        return image.ToArray();
    }

    private static byte[] Rows(ScreenPicture picture)
    {
        // Each row starts with the number of its filter, 0 for none.
        var length = 1 + (picture.Width * 3);
        var rows = new byte[picture.Height * length];
        for (var row = 0; row < picture.Height; row++)
            picture.Row(row).CopyTo(rows.AsSpan((row * length) + 1));
        return rows;
    }

    private static byte[] Compress(byte[] rows)
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            deflate.Write(rows);
        return packed.ToArray();
    }

    private static void WriteChunk(Stream image, ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        image.Write(number);
        image.Write(type);
        image.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(content, Crc(type, uint.MaxValue)) ^ uint.MaxValue);
        image.Write(number);
    }

    // CRC-32 as PNG's annex D gives it; .NET's own lies in a package of its own.
    private static uint Crc(ReadOnlySpan<byte> bytes, uint crc)
    {
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
        }
        return crc;
    }
}
