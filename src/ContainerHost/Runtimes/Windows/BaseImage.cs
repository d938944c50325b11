using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContainerHost.Errors;
using ContainerHost.Specification;

namespace ContainerHost.Runtimes.Windows;

/// <summary>A base image of Windows containers: its reference, and the Windows build it is of; null when it does not say.</summary>
internal sealed record BaseImage(string Reference, int? Build)
{
    /// <summary>The image in an archive of the user's, or without one Microsoft's nanoserver of a host's build.</summary>
    public static async Task<BaseImage> ForAsync(string? archive, int build, CancellationToken cancellationToken)
    {
        if (archive is not null)
            return await ReadAsync(archive, cancellationToken);
        var known = WindowsBuilds.Servers.Where(one => one.NanoServerTag is not null).ToList();
        if (known.FirstOrDefault(one => one.Build == build).NanoServerTag is { } tag)
            return new BaseImage($"mcr.microsoft.com/windows/nanoserver:{tag}", build);
        throw new ContainerHostException(
            "choose a base image for the host's Windows",
            $"its build is {build}, and nanoserver is known for {string.Join(", ", known.Select(one => one.Build))}",
            "give a base image of that build with --base-image."
        );
    }

    // An archive as "docker save" writes it: manifest.json and the image's configuration.
    private static async Task<BaseImage> ReadAsync(string archive, CancellationToken cancellationToken)
    {
        try
        {
            var files = await ReadShortFilesAsync(archive, cancellationToken);
            JsonNode? Json(string name) => files.TryGetValue(name, out var bytes) ? JsonNode.Parse(bytes) : null;
            var image = Json("manifest.json")?[0];
            var reference =
                image?["RepoTags"]?[0]?.GetValue<string>() ?? throw new InvalidDataException("it names no image");
            var config = Json(image["Config"]?.GetValue<string>() ?? "");
            if (config?["os"]?.GetValue<string>() != "windows")
                throw new InvalidDataException(
                    $"its image is for {config?["os"]?.GetValue<string>() ?? "nobody knows what"}"
                );
            // As 10.0.20348.2700.
            var version = config["os.version"]?.GetValue<string>().Split('.');
            return new BaseImage(
                reference,
                version is [_, _, var text, ..] && int.TryParse(text, out var build) ? build : null
            );
        }
        catch (Exception damaged)
            when (damaged
                    is InvalidDataException
                        or JsonException
                        or InvalidOperationException
                        or IOException
                        or ArgumentOutOfRangeException
            )
        {
            throw new ContainerHostException(
                $"read the base image {archive}",
                damaged.Message,
                "give an archive of a Windows image as 'docker save' or 'nerdctl save' writes it.",
                inner: damaged
            );
        }
    }

    // The configuration is named by the manifest, which may come after it; layers are long.
    private static async Task<Dictionary<string, byte[]>> ReadShortFilesAsync(
        string archive,
        CancellationToken cancellationToken
    )
    {
        const int longest = 1 << 20;
        const int most = 64 << 20;
        var kept = 0L;
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        await using var file = File.OpenRead(archive);
        await using var plain = IsPacked(file) ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
        await using var reader = new TarReader(plain);
        while (await reader.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            if (entry is not { DataStream: { } data, Length: > 0 and < longest })
                continue;
            // A small packed archive may have any number of them.
            if ((kept += entry.Length) > most)
                throw new InvalidDataException($"it has more than {most >> 20} MiB of short files");
            var content = new byte[entry.Length];
            await data.ReadExactlyAsync(content, cancellationToken);
            files[entry.Name] = content;
        }
        return files;
    }

    private static bool IsPacked(FileStream file)
    {
        var packed = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        return packed;
    }
}
