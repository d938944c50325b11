using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace ContainerHost.Machines.Screens;

/// <summary>What a machine's screen shows: three bytes a pixel (red, green, blue), row by row.</summary>
internal sealed class ScreenPicture
{
    private readonly byte[] _rgb;

    public ScreenPicture(int width, int height, byte[] rgb)
    {
        if (width <= 0 || height <= 0 || rgb.Length != width * height * 3)
            throw new ArgumentException(
                $"{width} x {height} pixels have {width * height * 3} bytes, not {rgb.Length}.",
                nameof(rgb)
            );
        (Width, Height, _rgb) = (width, height, rgb);
    }

    public int Width { get; }
    public int Height { get; }

    public ReadOnlySpan<byte> Row(int row) => _rgb.AsSpan(row * Width * 3, Width * 3);

    public byte[] ToPng() => PngImage.Write(this);

    /// <summary>
    /// From RGB565, little-endian, row by row: what Hyper-V hands out. It may hand out more bytes than there are pixels (microsoft/openvmm,
    /// petri/src/vm/hyperv/powershell.rs, cuts them off), and fewer or none while the screen changes its mode: null then.
    /// </summary>
    internal static ScreenPicture? FromRgb565(ReadOnlySpan<byte> pixels, int width, int height)
    {
        if (pixels.Length < width * height * 2)
            return null;
        var rgb = new byte[width * height * 3];
        for (var index = 0; index < width * height; index++)
        {
            var pixel = BinaryPrimitives.ReadUInt16LittleEndian(pixels[(index * 2)..]);
            rgb[index * 3] = Widen(pixel >> 11, 31);
            rgb[(index * 3) + 1] = Widen((pixel >> 5) & 63, 63);
            rgb[(index * 3) + 2] = Widen(pixel & 31, 31);
        }
        return new ScreenPicture(width, height, rgb);
    }

    /// <summary>From a binary portable pixmap (P6, eight bits a channel): what QEMU writes.</summary>
    internal static ScreenPicture FromPixmap(byte[] file)
    {
        var at = 0;
        if (Word() != "P6" || !Number(out var width) || !Number(out var height) || Word() != "255")
            throw new InvalidDataException("QEMU's picture is no pixmap of eight bits a channel");
        return new ScreenPicture(width, height, file[at..]);

        // Words end with one blank, the last one too; QEMU writes no comments.
        string Word()
        {
            var start = at = Math.Min(at, file.Length);
            while (at < file.Length && file[at] > ' ')
                at++;
            return Encoding.ASCII.GetString(file, start, at++ - start);
        }

        bool Number(out int number) => int.TryParse(Word(), CultureInfo.InvariantCulture, out number);
    }

    private static byte Widen(int value, int most) => (byte)(((value * 255) + (most / 2)) / most);
}
