using ContainerHost.Errors;

namespace ContainerHost.Machines.HyperV.Files;

/// <summary>The files of a Hyper-V host: this machine's own, or another's through its administrative shares (<c>\\HOST\C$</c>).</summary>
internal sealed class WindowsFiles(string? computer) : IHyperVFiles
{
    public bool IsLocal => computer is null;

    public Task<bool> ExistsAsync(string path, CancellationToken cancellationToken) =>
        Task.FromResult(File.Exists(Reach(computer, path)));

    public async Task CopyInAsync(string localPath, string path, CancellationToken cancellationToken)
    {
        var target = Reach(computer, path);
        // Another run may bring the same base at the same time.
        var half = $"{target}.{Guid.NewGuid():N}.part";
        try
        {
            Directory.CreateDirectory(target[..target.LastIndexOf('\\')]);
            await using (var source = File.OpenRead(localPath))
            await using (var copy = new FileStream(half, FileMode.CreateNew))
                await source.CopyToAsync(copy, cancellationToken);
            File.Move(half, target, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            TryDelete(half);
            throw new ContainerHostException(
                $"copy {localPath} to {path}{(computer is null ? "" : $" on {computer}")}",
                exception.Message,
                computer is null
                    ? "see that the file is there and the disk folder may be written to."
                    : $"see that this account may write to {target}: administrative shares need File and Printer Sharing and an administrator.",
                inner: exception
            );
        }
        catch
        {
            TryDelete(half);
            throw;
        }
    }

    public Task MakeFolderAsync(string path, CancellationToken cancellationToken) =>
        DoAsync("make", path, folder => Directory.CreateDirectory(folder));

    public Task DeleteAsync(string path, CancellationToken cancellationToken) =>
        DoAsync(
            "delete",
            path,
            file =>
            {
                if (File.Exists(file))
                    File.Delete(file);
            }
        );

    public Task DeleteFolderAsync(string path, CancellationToken cancellationToken) =>
        DoAsync(
            "delete",
            path,
            folder =>
            {
                if (Directory.Exists(folder))
                    Directory.Delete(folder, recursive: true);
            }
        );

    public Task<long?> FreeSpaceAsync(string path, CancellationToken cancellationToken)
    {
        // .NET knows drives by their letters only: a share's space, of this machine too, is told by nobody.
        var isTold = computer is null && !path.StartsWith(@"\\", StringComparison.Ordinal);
        return Task.FromResult(isTold ? new DriveInfo(path[..1]).AvailableFreeSpace : (long?)null);
    }

    /// <summary>The path as this machine writes it: as it is, or through the share of its drive.</summary>
    internal static string Reach(string? computer, string path)
    {
        if (computer is null || path.StartsWith(@"\\", StringComparison.Ordinal))
            return path;
        if (path.Length > 2 && char.IsAsciiLetter(path[0]) && path[1..3] == @":\")
            return $@"\\{computer}\{path[0]}${path[2..]}";
        throw new ContainerHostException(
            $"reach {path} on {computer}",
            "it is not the absolute path of a drive",
            "set the host's virtual hard disk folder to a path such as D:\\Hyper-V (Set-VMHost -VirtualHardDiskPath)."
        );
    }

    private Task DoAsync(string what, string path, Action<string> work)
    {
        var place = Reach(computer, path);
        try
        {
            work(place);
            return Task.CompletedTask;
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new ContainerHostException(
                $"{what} {place}",
                exception.Message,
                $"run the build as a user who may write there, or {what} it by hand.",
                inner: exception
            );
        }
    }

    /// <summary>Deletes a file where that can be.</summary>
    internal static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The first error is the one to tell.
        }
    }
}
