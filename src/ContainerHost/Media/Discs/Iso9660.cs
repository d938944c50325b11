using System.Text;

namespace ContainerHost.Media.Discs;

/// <summary>ISO 9660 (ECMA-119), with Joliet's names where there are any, to read.</summary>
internal sealed class Iso9660
{
    private const int FirstDescriptor = 16;
    private const int MostDescriptors = 64;
    private const byte Primary = 1;
    private const byte Supplementary = 2;
    private const byte Terminator = 255;
    private const int LeastRecord = 34; // With a name of one byte.
    private const byte FolderFlag = 2;
    private const byte GoesOnFlag = 0x80;

    private readonly DiscBlocks _blocks;
    private readonly bool _joliet;

    private Iso9660(DiscBlocks blocks, ReadOnlySpan<byte> descriptor, bool joliet)
    {
        _blocks = blocks;
        _joliet = joliet;
        Root = ReadRecord(descriptor.Slice(156, 34), "");
    }

    public string Name => _joliet ? "ISO 9660 with Joliet" : "ISO 9660";

    public DiscFile Root { get; }

    /// <summary>The file system of the image; null when it has none.</summary>
    public static Iso9660? TryRead(DiscBlocks blocks)
    {
        byte[]? primary = null;
        byte[]? joliet = null;
        for (var i = 0; i < MostDescriptors && FirstDescriptor + i < blocks.Count; i++)
        {
            var descriptor = blocks.Read(FirstDescriptor + i);
            if (!descriptor.AsSpan(1, 5).SequenceEqual("CD001"u8) || descriptor[0] == Terminator)
                break;
            if (descriptor[0] == Primary)
                primary ??= descriptor;
            // Joliet's escape sequences: %/@, %/C and %/E.
            if (descriptor[0] == Supplementary && descriptor.AsSpan(88, 2).SequenceEqual("%/"u8))
                joliet ??= descriptor;
        }
        return (joliet ?? primary) is { } chosen ? new Iso9660(blocks, chosen, joliet is not null) : null;
    }

    public IReadOnlyList<DiscFile> List(DiscFile folder)
    {
        var content = _blocks.ReadFolder(folder);
        var files = new List<DiscFile>();
        // A file of 4 GiB and more comes in several records.
        var parts = new List<Extent>();
        for (var at = 0; at < content.Length; )
        {
            var length = content[at];
            if (length == 0)
            {
                // Records do not cross sectors; the rest of this one is empty.
                at = ((at / DiscBlocks.Size) + 1) * DiscBlocks.Size;
                continue;
            }
            if (length < LeastRecord || length > content.Length - at || LeastRecord - 1 + content[at + 32] > length)
                throw new InvalidDataException($"its ISO 9660 has a damaged folder '{folder.Name}'");
            var record = content.AsSpan(at, length);
            var name = ReadName(record.Slice(33, record[32]));
            if (name is not null)
            {
                var file = ReadRecord(record, name);
                parts.AddRange(file.Extents);
                if ((record[25] & GoesOnFlag) == 0)
                {
                    files.Add(file with { Length = parts.Sum(part => part.Length), Extents = [.. parts] });
                    parts.Clear();
                }
            }
            at += length;
        }
        return files;
    }

    private DiscFile ReadRecord(ReadOnlySpan<byte> record, string name)
    {
        var extent = new Extent(
            DiscBlocks.Number32(record, 2) * (long)DiscBlocks.Size,
            DiscBlocks.Number32(record, 10)
        );
        _blocks.Check(extent);
        return new DiscFile(name, (record[25] & FolderFlag) != 0, extent.Length, [extent]);
    }

    // The folder itself and the one above have names of one byte, 0 and 1.
    private string? ReadName(ReadOnlySpan<byte> name)
    {
        if (name.Length == 1 && name[0] <= 1)
            return null;
        var text = (_joliet ? Encoding.BigEndianUnicode : Encoding.ASCII).GetString(name);
        return text.Split(';')[0].TrimEnd('.');
    }
}
