using System.Text;

namespace ContainerHost.Machines;

/// <summary>The log of a guest's serial console. The guest decides how much it writes, so no more than its end is read, and it is cut.</summary>
internal static class ConsoleLog
{
    /// <summary>The longest log that a machine starts with, in bytes; of a longer one the last <see cref="Kept"/> stay.</summary>
    public const long Longest = 16 << 20;

    /// <summary>What stays of a log that is cut, and the most that a failure's bundle has of one, in bytes.</summary>
    public const int Kept = 1 << 20;

    /// <summary>The end of the log, of at most so many bytes and from that place on; nothing where there is no log.</summary>
    public static string End(string path, int most = Kept, long from = 0)
    {
        if (!File.Exists(path))
            return "";
        using var stream = Open(path, FileAccess.Read);
        stream.Seek(Math.Max(Math.Min(from, stream.Length), stream.Length - most), SeekOrigin.Begin);
        var bytes = new byte[Math.Min(most, stream.Length - stream.Position)];
        return Encoding.UTF8.GetString(bytes, 0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
    }

    /// <summary>Its length in bytes.</summary>
    public static long LengthOf(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;

    /// <summary>Cuts a log that is too long to its end, also where a machine writes on: QEMU appends.</summary>
    public static void Cut(string path)
    {
        if (LengthOf(path) <= Longest)
            return;
        var end = End(path);
        using (var whole = Open(path, FileAccess.Write))
            whole.SetLength(0);
        using var cut = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        cut.Write(Encoding.UTF8.GetBytes(end));
    }

    /// <summary>Opens it beside whoever writes on.</summary>
    public static FileStream Open(string path, FileAccess access) =>
        new(path, FileMode.Open, access, FileShare.ReadWrite | FileShare.Delete);
}
