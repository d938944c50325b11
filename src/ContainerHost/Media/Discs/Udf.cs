using System.Text;

namespace ContainerHost.Media.Discs;

/// <summary>UDF 1.02 to 2.01 with one plain partition, as installation media have it (ECMA-167; OSTA's Universal Disk Format), to read.</summary>
internal sealed class Udf
{
    private const int Anchor = 2;
    private const int Partition = 5;
    private const int LogicalVolume = 6;
    private const int Terminator = 8;
    private const int FileSet = 256;
    private const int FileIdentifier = 257;
    private const int AnchorSector = 256;
    private const byte FolderType = 4;

    private readonly DiscBlocks _blocks;
    private readonly long _partition;

    private Udf(DiscBlocks blocks, long partition, uint fileSet)
    {
        _blocks = blocks;
        _partition = partition;
        var set = blocks.Read(partition + fileSet);
        if (Tag(set) != FileSet)
            throw new InvalidDataException("its UDF has no file set");
        Root = ReadEntry("", DiscBlocks.Number32(set, 404));
    }

    public DiscFile Root { get; }

    /// <summary>The file system of the image; null when it has no UDF.</summary>
    public static Udf? TryRead(DiscBlocks blocks)
    {
        if (blocks.Count <= AnchorSector)
            return null;
        var anchor = blocks.Read(AnchorSector);
        if (Tag(anchor) != Anchor || DiscBlocks.Number32(anchor, 12) != AnchorSector)
            return null;
        long? partition = null;
        uint? fileSet = null;
        var sectors = DiscBlocks.Number32(anchor, 16) / DiscBlocks.Size;
        for (var i = 0; i < sectors; i++)
        {
            var descriptor = blocks.Read(DiscBlocks.Number32(anchor, 20) + i);
            var tag = Tag(descriptor);
            if (tag == Terminator)
                break;
            if (tag == Partition)
                partition = DiscBlocks.Number32(descriptor, 188);
            if (tag == LogicalVolume)
                fileSet = ReadVolume(descriptor);
        }
        return partition is { } start && fileSet is { } set ? new Udf(blocks, start, set) : null;
    }

    public IReadOnlyList<DiscFile> List(DiscFile folder)
    {
        var content = _blocks.ReadFolder(folder);
        var files = new List<DiscFile>();
        for (var at = 0; at + 38 <= content.Length; )
        {
            var record = content.AsSpan(at);
            if (Tag(record) != FileIdentifier)
                throw new InvalidDataException($"its UDF has a damaged folder '{folder.Name}'");
            var nameLength = record[19];
            var nameAt = 38 + DiscBlocks.Number16(record, 36);
            if (nameAt + nameLength > record.Length)
                throw new InvalidDataException($"its UDF has a damaged folder '{folder.Name}'");
            // Bit 2: deleted; bit 3: the folder above.
            if ((record[18] & 0b1100) == 0)
                files.Add(ReadEntry(ReadName(record.Slice(nameAt, nameLength)), DiscBlocks.Number32(record, 24)));
            at += (nameAt + nameLength + 3) & ~3;
        }
        return files;
    }

    private static uint ReadVolume(ReadOnlySpan<byte> descriptor)
    {
        if (DiscBlocks.Number32(descriptor, 212) != DiscBlocks.Size)
            throw new InvalidDataException("its UDF has blocks of another size than 2048 bytes");
        // Type 1 is a plain partition; others are virtual, sparable or for metadata.
        if (DiscBlocks.Number32(descriptor, 268) < 1 || descriptor[440] != 1)
            throw new InvalidDataException("its UDF has a partition that is not plain");
        return DiscBlocks.Number32(descriptor, 252);
    }

    private DiscFile ReadEntry(string name, uint block)
    {
        var entry = _blocks.Read(_partition + block);
        // Both kinds of file entry have the same fields at other places.
        var (lengths, allocations) = Tag(entry) switch
        {
            261 => (168, 176),
            266 => (208, 216),
            _ => throw new InvalidDataException($"its UDF has no file where '{name}' should be"),
        };
        var length = DiscBlocks.Number64(entry, 56);
        var first = allocations + (int)DiscBlocks.Number32(entry, lengths);
        var size = (int)DiscBlocks.Number32(entry, lengths + 4);
        if (length < 0 || first < 0 || size < 0 || first + (long)size > entry.Length)
            throw new InvalidDataException($"its UDF has a damaged entry of '{name}'");
        var extents = (DiscBlocks.Number16(entry, 34) & 7) switch
        {
            0 => ReadExtents(entry.AsSpan(first, size), 8),
            1 => ReadExtents(entry.AsSpan(first, size), 16),
            3 => [new Extent(((_partition + block) * DiscBlocks.Size) + first, size)],
            _ => throw new InvalidDataException($"its UDF places '{name}' in a way that is not known"),
        };
        return new DiscFile(name, entry[27] == FolderType, length, extents);
    }

    // Short and long allocation descriptors both begin with length and block; the upper two bits of the length say that it is recorded.
    private List<Extent> ReadExtents(ReadOnlySpan<byte> descriptors, int size)
    {
        var extents = new List<Extent>();
        for (var at = 0; at + size <= descriptors.Length; at += size)
        {
            var length = DiscBlocks.Number32(descriptors, at);
            if (length == 0)
                break;
            if (length >> 30 != 0)
                throw new InvalidDataException("its UDF has holes in files, or lists that go on elsewhere");
            var extent = new Extent((_partition + DiscBlocks.Number32(descriptors, at + 4)) * DiscBlocks.Size, length);
            _blocks.Check(extent);
            extents.Add(extent);
        }
        return extents;
    }

    // OSTA compressed Unicode: the first byte says how many bits a character has.
    private static string ReadName(ReadOnlySpan<byte> name) =>
        name.Length == 0 ? ""
        : name[0] == 16 ? Encoding.BigEndianUnicode.GetString(name[1..])
        : Encoding.Latin1.GetString(name[1..]);

    private static int Tag(ReadOnlySpan<byte> descriptor) => DiscBlocks.Number16(descriptor, 0);
}
