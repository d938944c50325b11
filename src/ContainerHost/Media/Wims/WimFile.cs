using System.Text;
using System.Xml;
using System.Xml.Linq;
using ContainerHost.Media.Discs;

namespace ContainerHost.Media.Wims;

/// <summary>An image of a WIM file, by what its XML says of it; what it does not say is null.</summary>
/// <param name="Index">The image's number in the file, from 1.</param>
/// <param name="Name">Its name, such as "Windows Server 2022 SERVERDATACENTERCORE".</param>
/// <param name="EditionId">Windows' own id of the edition, such as <c>ServerDatacenterEval</c>.</param>
/// <param name="InstallationType"><c>Server Core</c> or <c>Server</c>.</param>
/// <param name="Architecture">9 is 64-bit Intel, 0 is 32-bit, 12 is 64-bit ARM.</param>
/// <param name="Build">The build number, such as 20348.</param>
/// <param name="Language">The default language, such as <c>en-US</c>.</param>
internal sealed record WimImage(
    int Index,
    string Name,
    string? EditionId,
    string? InstallationType,
    int? Architecture,
    int? Build,
    string? Language
)
{
    /// <summary>What a guest that gets the image is to know of it.</summary>
    public WindowsImage ToGuest() => new(Index, Name, Build, Language, EditionId);
}

/// <summary>Reads which images a WIM file has (Microsoft's "Windows Imaging File Format"): the header, and the XML it points to.</summary>
internal static class WimFile
{
    private const int HeaderSize = 208;
    private const int XmlAt = 72;
    private const int LongestXml = 16 << 20;

    private const int Deepest = 32;

    // The upper byte of a resource's size has its flags; 4 is compressed, which the XML never is.
    private const byte Compressed = 4;

    /// <exception cref="InvalidDataException">It is no WIM file, or damaged.</exception>
    public static IReadOnlyList<WimImage> Read(Stream file)
    {
        var header = new byte[HeaderSize];
        if (file.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false) < HeaderSize)
            throw new InvalidDataException("it is too short for a WIM file");
        if (!header.AsSpan(0, 8).SequenceEqual("MSWIM\0\0\0"u8))
            throw new InvalidDataException("it is no WIM file");
        var size = DiscBlocks.Number64(header, XmlAt) & 0xFF_FFFF_FFFF_FFFF;
        var offset = DiscBlocks.Number64(header, XmlAt + 8);
        if (
            (header[XmlAt + 7] & Compressed) != 0
            || size is <= 0 or > LongestXml
            || offset < HeaderSize
            || offset > file.Length - size
        )
            throw new InvalidDataException("its header points to no list of images");
        var xml = new byte[size];
        file.Position = offset;
        file.ReadExactly(xml);
        return Parse(Encoding.Unicode.GetString(xml).TrimStart('\uFEFF'));
    }

    private static IReadOnlyList<WimImage> Parse(string xml)
    {
        try
        {
            RequireShallow(xml);
            return [.. XDocument.Parse(xml).Root!.Elements("IMAGE").Select(ReadImage).OrderBy(image => image.Index)];
        }
        catch (XmlException exception)
        {
            throw new InvalidDataException("its list of images is damaged", exception);
        }
    }

    // What is nested deeper takes time that grows with its square; Windows' own lists have five levels or so.
    private static void RequireShallow(string xml)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit };
        using var reader = XmlReader.Create(new StringReader(xml), settings);
        while (reader.Read())
            if (reader.Depth > Deepest)
                throw new InvalidDataException("its list of images is nested too deep");
    }

    private static WimImage ReadImage(XElement image)
    {
        var windows = image.Element("WINDOWS");
        return new WimImage(
            Number(image.Attribute("INDEX")?.Value)
                ?? throw new InvalidDataException("it has an image without a number"),
            image.Element("NAME")?.Value ?? "",
            windows?.Element("EDITIONID")?.Value,
            windows?.Element("INSTALLATIONTYPE")?.Value,
            Number(windows?.Element("ARCH")?.Value),
            Number(windows?.Element("VERSION")?.Element("BUILD")?.Value),
            windows?.Element("LANGUAGES")?.Element("DEFAULT")?.Value
                ?? windows?.Element("LANGUAGES")?.Element("LANGUAGE")?.Value
        );
    }

    private static int? Number(string? text) =>
        int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;
}
