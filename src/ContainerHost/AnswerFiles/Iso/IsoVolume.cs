using System.Buffers.Binary;
using System.Text;

namespace ContainerHost.AnswerFiles.Iso;

/// <summary>One of an image's two views, plain or Joliet: where its tables lie, and its root folder. Four sectors: two path tables, the folder, a spare.</summary>
internal sealed class IsoVolume(int firstSector, bool joliet)
{
    /// <summary>The size of a path table that has only the root.</summary>
    public const int PathTableSize = 10;

    public bool Joliet { get; } = joliet;

    public int LittleEndianPathTable => firstSector;

    public int BigEndianPathTable => firstSector + 1;

    public int RootFolder => firstSector + 2;

    public Encoding Encoding { get; } = joliet ? Encoding.BigEndianUnicode : Encoding.ASCII;

    public void Write(byte[] image, IReadOnlyList<(IsoFile File, int Sector)> files, DateTimeOffset at)
    {
        WritePathTable(image.AsSpan(LittleEndianPathTable * IsoImage.Sector), bigEndian: false);
        WritePathTable(image.AsSpan(BigEndianPathTable * IsoImage.Sector), bigEndian: true);
        var folder = image.AsSpan(RootFolder * IsoImage.Sector, IsoImage.Sector);
        var at0 = IsoRecords.WriteEntry(folder, [0], RootFolder, IsoImage.Sector, folder: true, at);
        var offset = at0 + IsoRecords.WriteEntry(folder[at0..], [1], RootFolder, IsoImage.Sector, folder: true, at);
        foreach (var (file, sector) in files.OrderBy(entry => NameOf(entry.File), StringComparer.Ordinal))
        {
            var name = Encoding.GetBytes(NameOf(file));
            if (offset + IsoRecords.SizeOfEntry(name) > folder.Length)
                throw new ArgumentException("too many files for one sector of folder", nameof(files));
            offset += IsoRecords.WriteEntry(folder[offset..], name, sector, file.Content.Length, folder: false, at);
        }
    }

    // Plain ISO 9660 knows upper-case letters, digits and underscores, 8.3; Joliet keeps the name. Readers prefer Joliet.
    private string NameOf(IsoFile file)
    {
        if (Joliet)
            return file.Name;
        var stem = Legal(Path.GetFileNameWithoutExtension(file.Name), 8);
        var extension = Legal(Path.GetExtension(file.Name).TrimStart('.'), 3);
        return $"{stem}.{extension};1";
    }

    private static string Legal(string text, int most) =>
        new([
            .. text.ToUpperInvariant()
                .Select(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) ? c : '_')
                .Take(most),
        ]);

    private void WritePathTable(Span<byte> table, bool bigEndian)
    {
        table[0] = 1;
        if (bigEndian)
        {
            BinaryPrimitives.WriteInt32BigEndian(table[2..], RootFolder);
            BinaryPrimitives.WriteInt16BigEndian(table[6..], 1);
        }
        else
        {
            BinaryPrimitives.WriteInt32LittleEndian(table[2..], RootFolder);
            BinaryPrimitives.WriteInt16LittleEndian(table[6..], 1);
        }
    }
}
