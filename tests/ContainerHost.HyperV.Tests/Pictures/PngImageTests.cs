using System.Buffers.Binary;
using System.IO.Compression;
using ContainerHost.Machines.Screens;

namespace ContainerHost.HyperV.Tests.Pictures;

public sealed class PngImageTests
{
    [Fact]
    public void A_picture_has_its_size_and_colours()
    {
        // Red, green / blue, white in RGB565, little-endian.
        byte[] pixels = [0x00, 0xF8, 0xE0, 0x07, 0x1F, 0x00, 0xFF, 0xFF];

        var png = ScreenPicture.FromRgb565(pixels, 2, 2)!.ToPng();

        BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)).ShouldBe(2);
        BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)).ShouldBe(2);
        Rows(png).ShouldBe([0, 255, 0, 0, 0, 255, 0, 0, 0, 0, 255, 255, 255, 255]);
    }

    [Fact]
    public void The_end_of_a_picture_is_the_one_that_the_standard_gives()
    {
        // IEND has no content, so its CRC is the same in every PNG.
        ScreenPicture
            .FromRgb565([0, 0], 1, 1)!
            .ToPng()[^12..]
            .ShouldBe([0, 0, 0, 0, (byte)'I', (byte)'E', (byte)'N', (byte)'D', 0xAE, 0x42, 0x60, 0x82]);
    }

    [Fact]
    public void Pixels_that_do_not_fill_the_picture_are_none() => ScreenPicture.FromRgb565([0], 1, 1).ShouldBeNull();

    [Fact]
    public void Bytes_beyond_the_last_pixel_are_left_out() =>
        ScreenPicture.FromRgb565([0, 0xF8, 1, 2, 3], 1, 1)!.Row(0).ToArray().ShouldBe([255, 0, 0]);

    private static byte[] Rows(byte[] png)
    {
        var start = png.AsSpan().IndexOf("IDAT"u8);
        var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(start - 4));
        using var packed = new MemoryStream(png, start + 4, length);
        using var inflate = new ZLibStream(packed, CompressionMode.Decompress);
        using var rows = new MemoryStream();
        inflate.CopyTo(rows);
        return rows.ToArray();
    }
}
