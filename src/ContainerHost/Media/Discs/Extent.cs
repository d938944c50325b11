namespace ContainerHost.Media.Discs;

/// <summary>A run of bytes of an image.</summary>
internal readonly record struct Extent(long Offset, long Length);
