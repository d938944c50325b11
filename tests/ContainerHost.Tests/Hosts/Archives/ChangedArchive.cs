using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace ContainerHost.Tests.Hosts.Archives;

/// <summary>Writes an archive again with other entries, as somebody who means harm would.</summary>
internal static class ChangedArchive
{
    public static async Task WriteAsync(string path, Func<TarEntry, TarEntry?> change, params TarEntry[] more)
    {
        var changed = new MemoryStream();
        await using (var tar = new TarWriter(changed, TarEntryFormat.Pax, leaveOpen: true))
        {
            await using var packed = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
            await using var reader = new TarReader(packed);
            while (await reader.GetNextEntryAsync(copyData: true, Token) is { } entry)
                if (change(entry) is { } wanted)
                    await tar.WriteEntryAsync(wanted, Token);
            foreach (var entry in more)
                await tar.WriteEntryAsync(entry, Token);
        }
        await File.WriteAllBytesAsync(path, changed.ToArray(), Token);
    }

    public static PaxTarEntry Entry(string name, string text) =>
        new(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) };

    /// <summary>The contents with a text in them replaced, which must be there; any other entry as it is.</summary>
    public static Func<TarEntry, TarEntry> Contents(string was, string becomes) =>
        entry =>
        {
            if (entry.Name != "contents.json")
                return entry;
            using var reader = new StreamReader(entry.DataStream!);
            var text = reader.ReadToEnd();
            text.ShouldContain(was);
            return Entry("contents.json", text.Replace(was, becomes, StringComparison.Ordinal));
        };
}
