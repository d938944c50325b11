using ContainerHost.Errors;
using ContainerHost.Media;

namespace ContainerHost.Machines.HyperV.Files;

/// <summary>
/// The files of a Hyper-V host: this machine's own, or another's through its administrative shares (<c>\\HOST\C$</c>), as whom the CIM session is.
/// </summary>
internal sealed class WindowsFiles(string? computer, string? user = null, string? password = null) : IHyperVFiles
{
    private readonly ShareLogins _logins = new(user, password);

    public bool IsLocal => computer is null;

    // Hyper-V's services run as others: for them there are no drives that a user mapped, and network files want the computer's own account.
    public bool IsSeenByServices(string localPath)
    {
        var path = Path.GetFullPath(localPath);
        var profile = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return IsLocal
            && path.Length > 2
            && path[1] == ':'
            && new DriveInfo(path[..1]).DriveType == DriveType.Fixed
            && !path.StartsWith($"{profile}\\", StringComparison.OrdinalIgnoreCase);
    }

    public Task<bool> ExistsAsync(string path, CancellationToken cancellationToken) =>
        Task.FromResult(File.Exists(Reach(path)));

    public Task<long?> LengthInAsync(string folder, CancellationToken cancellationToken)
    {
        if (!IsLocal)
            return Task.FromResult<long?>(null);
        try
        {
            var files = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories);
            return Task.FromResult<long?>(files.Sum(file => file.Length));
        }
        catch (Exception hidden) when (hidden is IOException or UnauthorizedAccessException)
        {
            return Task.FromResult<long?>(null);
        }
    }

    public async Task CopyInAsync(string localPath, string path, CancellationToken cancellationToken)
    {
        var target = Reach(path);
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

    public Task<string> SealAsync(string path, CancellationToken cancellationToken)
    {
        // What is held is for the caller to insist on.
        var file = Reach(path);
        File.SetAttributes(file, File.GetAttributes(file) | FileAttributes.ReadOnly);
        return CheckedFile.RecordAsync(file, cancellationToken);
    }

    public Task<TemplateFile> LookAsync(string path, CancellationToken cancellationToken) =>
        DoAsync("read", path, file => TemplateFiles.LookAsync(path, file, cancellationToken));

    public Task DeleteFolderAsync(string path, CancellationToken cancellationToken)
    {
        // What is held, or may not be deleted while it is, is for the caller to insist on.
        var place = Reach(path);
        if (!Directory.Exists(place))
            return Task.CompletedTask;
        // Windows deletes no file that is read-only.
        foreach (var file in new DirectoryInfo(place).EnumerateFiles("*", SearchOption.AllDirectories))
            if (file.IsReadOnly)
                file.IsReadOnly = false;
        Directory.Delete(place, recursive: true);
        return Task.CompletedTask;
    }

    public Task TryWriteAsync(string folder, CancellationToken cancellationToken) =>
        DoAsync(
            "write into",
            folder,
            wanted =>
            {
                var there = wanted;
                while (!Directory.Exists(there) && there.LastIndexOf('\\') is > 2 and var cut)
                    there = there[..cut];
                var file = $@"{there}\containerhost-{Guid.NewGuid():N}.tmp";
                File.WriteAllText(file, "");
                File.Delete(file);
            }
        );

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

    private string Reach(string path)
    {
        var place = Reach(computer, path);
        if (computer is not null)
            _logins.LogIn(place);
        return place;
    }

    private Task<bool> DoAsync(string what, string path, Action<string> work) =>
        DoAsync(
            what,
            path,
            place =>
            {
                work(place);
                return Task.FromResult(true);
            }
        );

    private async Task<T> DoAsync<T>(string what, string path, Func<string, Task<T>> work)
    {
        var place = Reach(path);
        try
        {
            return await work(place);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ContainerHostException(
                $"{what} {place}",
                exception.Message,
                computer is null
                    ? "run the build as a user who may write there, such as elevated, or move the folder: 'Set-VMHost -VirtualHardDiskPath'."
                    : $"see that File and Printer Sharing is on at {computer}, and that {user ?? "this user"} is an administrator there.",
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
