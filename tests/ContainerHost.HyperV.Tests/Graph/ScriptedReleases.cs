using System.Formats.Tar;
using System.IO.Compression;
using ContainerHost.Media;
using ContainerHost.Media.Releases;
using ContainerHost.Specification;

namespace ContainerHost.HyperV.Tests.Graph;

/// <summary>Every release there may be, in version 1.2.3, each an archive with a program in it.</summary>
internal sealed class ScriptedReleases(string folder) : IArtifactCache, IReleases
{
    /// <summary>What was asked for, by component and wish.</summary>
    public List<string> Asked { get; } = [];

    public Task<PinnedFile> FindAsync(ReleaseComponent component, VersionWish wish, CancellationToken cancellationToken)
    {
        Asked.Add($"{component.Name} {wish}");
        var file = component.FilePattern.Replace("{version}", "1.2.3", StringComparison.Ordinal);
        return Task.FromResult(
            new PinnedFile(
                component.Name,
                "1.2.3",
                new Uri($"https://releases.example/{file}"),
                new string('2', 64),
                Size: null
            )
        );
    }

    public async Task<string> FetchAsync(Uri source, string sha256, long? size, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, source.Segments[^1]);
        await using var target = File.Create(path);
        if (path.EndsWith(".zip", StringComparison.Ordinal))
        {
            await using var zip = new ZipArchive(target, ZipArchiveMode.Create);
            zip.CreateEntry("program.exe");
            return path;
        }
        await using var packed = new GZipStream(target, CompressionMode.Compress);
        await using var tar = new TarWriter(packed);
        await tar.WriteEntryAsync(
            new PaxTarEntry(TarEntryType.RegularFile, "bin/program.exe") { DataStream = new MemoryStream([1, 2, 3]) },
            cancellationToken
        );
        return path;
    }
}
