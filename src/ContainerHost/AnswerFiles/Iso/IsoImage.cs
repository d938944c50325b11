namespace ContainerHost.AnswerFiles.Iso;

/// <summary>A file in the root folder of an ISO image.</summary>
internal sealed record IsoFile(string Name, ReadOnlyMemory<byte> Content);

/// <summary>
/// Writes small ISO 9660 images with Joliet names (ECMA-119 and its Joliet extension): files in the root folder only, which is all that
/// a cloud-init NoCloud medium or a Windows answer medium needs.
/// </summary>
internal static class IsoImage
{
    internal const int Sector = 2048;

    // Sectors 0 to 15 are the system area; then the primary descriptor, Joliet's, and the terminator.
    private const int FirstTable = 19;

    /// <summary>The bytes of an image; the same input gives the same bytes.</summary>
    /// <param name="label">The volume label, at most 16 characters, such as <c>cidata</c>.</param>
    /// <param name="files">The files; names at most 64 characters, each once.</param>
    /// <param name="at">The time stamped on everything, as UTC.</param>
    public static byte[] Write(string label, IReadOnlyList<IsoFile> files, DateTimeOffset at)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(label.Length, 16);
        var plain = new IsoVolume(FirstTable, joliet: false);
        var joliet = new IsoVolume(FirstTable + 4, joliet: true);
        var content = FirstTable + 8;
        var placed = new List<(IsoFile File, int Sector)>();
        foreach (var file in files.OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            placed.Add((file, content));
            content += Sectors(file.Content.Length);
        }

        var image = new byte[content * Sector];
        IsoRecords.WriteVolume(image.AsSpan(16 * Sector, Sector), plain, label, content, at);
        IsoRecords.WriteVolume(image.AsSpan(17 * Sector, Sector), joliet, label, content, at);
        IsoRecords.WriteTerminator(image.AsSpan(18 * Sector, Sector));
        plain.Write(image, placed, at);
        joliet.Write(image, placed, at);
        foreach (var (file, sector) in placed)
            file.Content.Span.CopyTo(image.AsSpan(sector * Sector));
        return image;
    }

    private static int Sectors(int bytes) => (bytes + Sector - 1) / Sector;
}
