using System.Buffers.Binary;

namespace ContainerHost.Media.Discs;

/// <summary>Reads an image in sectors of 2048 bytes, within its bounds.</summary>
internal sealed class DiscBlocks(Stream image)
{
    public const int Size = 2048;

    // A folder is some kilobytes; an image that claims more is damaged, or means harm.
    private const int LongestFolder = 16 << 20;

    public Stream Image => image;

    public long Count => image.Length / Size;

    /// <summary>One sector; an error when the image ends before it.</summary>
    public byte[] Read(long sector) => Read(new Extent(sector * Size, Size));

    public byte[] Read(Extent extent)
    {
        Check(extent);
        var bytes = new byte[extent.Length];
        image.Position = extent.Offset;
        image.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>The whole content of a folder.</summary>
    public byte[] ReadFolder(DiscFile folder)
    {
        if (folder.Length > LongestFolder)
            throw new InvalidDataException($"the folder {folder.Name} claims {folder.Length} bytes");
        var bytes = new byte[folder.Length];
        using var stream = new ExtentStream(image, folder);
        stream.ReadExactly(bytes);
        return bytes;
    }

    public void Check(Extent extent)
    {
        if (extent.Offset < 0 || extent.Length < 0 || extent.Offset + extent.Length > image.Length)
            throw new InvalidDataException("it points behind its own end");
    }

    public static ushort Number16(ReadOnlySpan<byte> bytes, int at) =>
        BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    public static uint Number32(ReadOnlySpan<byte> bytes, int at) =>
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    public static long Number64(ReadOnlySpan<byte> bytes, int at) =>
        BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);
}
