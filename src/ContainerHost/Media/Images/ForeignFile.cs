using System.Text;

namespace ContainerHost.Media.Images;

/// <summary>What is often given for a disk image and is none, told by a file's beginning: to QEMU anything is a raw disk.</summary>
internal static class ForeignFile
{
    /// <summary>As many bytes tell the kind.</summary>
    public const int Telling = 34 << 10;

    private const int SmallestDisk = 64 << 10;
    private const int VolumeDescriptor = 32 << 10;

    /// <summary>What it is, and what helps; null for what may be a disk.</summary>
    public static (string Saw, string Try)? Of(ReadOnlySpan<byte> start, long length)
    {
        var text = Encoding.Latin1.GetString(start[..Math.Min(start.Length, 512)]).TrimStart();
        if (length == 0)
            return ("it is empty", "download or copy it again.");
        if (Begins(text, "<!doctype") || Begins(text, "<html") || Begins(text, "<?xml"))
            return ("it is a web page", "see where the address leads: a log-in page may stand before the file.");
        if (Begins(text, "version https://git-lfs") || text.Contains("/annex/objects/", StringComparison.Ordinal))
            return (
                "it points to a file that git keeps elsewhere",
                "fetch the file itself: git lfs pull, or git annex get."
            );
        if (start.Length > VolumeDescriptor + 6 && IsDisc(start[(VolumeDescriptor + 1)..(VolumeDescriptor + 6)]))
            return (
                "it is an installation medium (ISO 9660 or UDF)",
                "give Windows' with --iso; of Linux give a cloud image."
            );
        if (start is [(byte)'L', (byte)'U', (byte)'K', (byte)'S', 0xba, 0xbe, ..])
            return ("it is encrypted (LUKS)", "give an image that is not.");
        if (start.Length > 262 && start[257..262].SequenceEqual("ustar"u8))
            return ("it is a tar archive, as appliances (OVA) are", "unpack it and give the disk in it.");
        if (
            start
            is [(byte)'7', (byte)'z', 0xbc, 0xaf, ..]
                or [(byte)'B', (byte)'Z', (byte)'h', ..]
                or [(byte)'R', (byte)'a', (byte)'r', (byte)'!', ..]
        )
            return ("it is an archive of a kind that is not unpacked here", "unpack it and give the disk in it.");
        return
            length < SmallestDisk
            && !text.StartsWith("QFI", StringComparison.Ordinal)
            && !text.StartsWith("vhdxfile", StringComparison.Ordinal)
            ? ($"it has {length} bytes, too few for a disk", "download or copy it again.")
            : null;
    }

    private static bool IsDisc(ReadOnlySpan<byte> mark) =>
        mark.SequenceEqual("CD001"u8) || mark.SequenceEqual("BEA01"u8);

    private static bool Begins(string text, string start) => text.StartsWith(start, StringComparison.OrdinalIgnoreCase);
}
