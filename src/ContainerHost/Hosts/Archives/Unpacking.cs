using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Specification;
using Serilog;

namespace ContainerHost.Hosts.Archives;

/// <summary>Takes what an archive has into a folder, in one pass; what is wrong with the archive is told as the user's file's fault.</summary>
/// <param name="what">What is imported, in words.</param>
/// <param name="log">Where its size is told.</param>
internal sealed class Unpacking(string what, ILogger log)
{
    /// <summary>Tells the free bytes of the file system that a folder lies on; replaced in tests.</summary>
    internal Func<string, long> FreeSpace { get; init; } = path => new DriveInfo(path).AvailableFreeSpace;

    /// <summary>Opens an archive and reads its contents for whoever imports them.</summary>
    /// <exception cref="UnusableFileException">The archive is none of ours or damaged, or cannot be read or unpacked.</exception>
    public async Task<T> ReadAsync<T>(
        string path,
        Func<ArchiveReader, ArchiveContents, Task<T>> import,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var archive = ArchiveReader.Open(path);
            return await import(archive, await archive.ReadContentsAsync(cancellationToken));
        }
        catch (BadArchiveException bad)
        {
            throw Unusable(path, $"it {bad.Message}", "export or copy it again.", bad);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unusable(
                path,
                failure.Message,
                "see that the archive may be read, and that the hosts' folder has space.",
                failure
            );
        }
    }

    /// <summary>Refuses what the file system of the hosts' folder has no room for, before anything is written.</summary>
    public void RequireRoom(ArchiveContents contents, string hosts)
    {
        Directory.CreateDirectory(hosts);
        var (needed, free) = (contents.Files.Sum(file => (decimal)file.Size), FreeSpace(hosts));
        if (needed > free)
            throw new ContainerHostException(
                $"import {what}",
                $"it unpacks to {needed} bytes, and {hosts} has {free} free",
                "free some, or choose another folder by --hosts-directory."
            );
        log.Information("It unpacks to {Size}", new ByteSize((long)needed).ToHumanString());
    }

    /// <summary>Writes all files into the folder; every byte was what the contents say, and there was nothing else, once this returns.</summary>
    /// <exception cref="BadArchiveException">It is not so.</exception>
    public static async Task UnpackAsync(
        ArchiveReader archive,
        ArchiveContents contents,
        HostFolder folder,
        CancellationToken cancellationToken
    )
    {
        foreach (var file in contents.Files)
            await archive.ExtractAsync(file, Path.Combine(folder.Path, file.Name), cancellationToken);
        await archive.ExpectEndAsync(cancellationToken);
    }

    private UnusableFileException Unusable(string path, string saw, string @try, Exception inner) =>
        new($"import {what} from {path}", saw, @try, inner);
}
