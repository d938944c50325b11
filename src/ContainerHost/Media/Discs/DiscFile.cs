namespace ContainerHost.Media.Discs;

/// <summary>A file or folder of a disc image: its name, its size in bytes, and where its bytes lie in the image.</summary>
internal sealed record DiscFile(string Name, bool IsFolder, long Length, IReadOnlyList<Extent> Extents);

/// <summary>A run of bytes of an image.</summary>
internal readonly record struct Extent(long Offset, long Length);
