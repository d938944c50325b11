using System.Formats.Tar;
using System.IO.Compression;

namespace ContainerHost.Runtimes.Windows;

/// <summary>Packs a .tar.gz anew as .zip, which every Windows PowerShell unpacks; older Windows has no tar.</summary>
internal static class ZipConversion
{
    /// <summary>True for an archive that is one already, whatever its name (PKWARE's APPNOTE, local file header).</summary>
    public static async Task<bool> IsZipAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        var start = new byte[2];
        await file.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
        return start is [(byte)'P', (byte)'K'];
    }

    public static async Task RunAsync(string tarGz, string zip, CancellationToken cancellationToken)
    {
        await using var packed = File.OpenRead(tarGz);
        await using var tar = new GZipStream(packed, CompressionMode.Decompress);
        await using var reader = new TarReader(tar);
        await using var target = new FileStream(zip, FileMode.Create);
        await using var archive = new ZipArchive(target, ZipArchiveMode.Create);
        while (await reader.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
                continue;
            var name = entry.Name.TrimStart('.', '/');
            await using var content = await archive
                .CreateEntry(name, CompressionLevel.Fastest)
                .OpenAsync(cancellationToken);
            if (entry.DataStream is { } data)
                await data.CopyToAsync(content, cancellationToken);
        }
    }
}
