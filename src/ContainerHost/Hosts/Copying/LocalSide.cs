using System.Security.Cryptography;
using ContainerHost.Files;

namespace ContainerHost.Hosts.Copying;

/// <summary>Files of this machine.</summary>
internal sealed class LocalSide : IFileSide
{
    private const int NewMode = 0b110_100_100;
    private const int Rights = 0b111_111_111;

    public Task<TreeKind> FindAsync(string path, CancellationToken cancellationToken) =>
        Task.FromResult(
            Directory.Exists(path) ? TreeKind.Folder
            : !File.Exists(path) ? TreeKind.None
            : FileStatus.IsPlain(path) ? TreeKind.File
            : TreeKind.Other
        );

    public async Task<CopiedTree> LookAsync(string path, CancellationToken cancellationToken)
    {
        var kind = await FindAsync(path, cancellationToken);
        if (kind == TreeKind.File)
            return new CopiedTree(kind, [await DescribeAsync(path, Path.GetFileName(path), cancellationToken)], [], []);
        if (kind != TreeKind.Folder)
            return new CopiedTree(kind, [], [], []);
        var (files, folders, others) = (new List<CopiedFile>(), new List<string>(), new List<string>());
        foreach (var entry in Entries(path))
        {
            var name = Path.GetRelativePath(path, entry.FullName).Replace(Path.DirectorySeparatorChar, '/');
            if (entry is DirectoryInfo { LinkTarget: null })
                folders.Add(name);
            else if (entry.LinkTarget is not null || !FileStatus.IsPlain(entry.FullName))
                others.Add(name);
            else if (!(entry.Name.StartsWith('.') && entry.Name.EndsWith(".part", StringComparison.Ordinal)))
                files.Add(await DescribeAsync(entry.FullName, name, cancellationToken));
        }
        return new CopiedTree(TreeKind.Folder, files, folders, others);
    }

    public string Join(string folder, string relative) => Path.Combine(folder, relative);

    public async Task<byte[]> ReadAsync(string path, long offset, int count, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        file.Position = offset;
        var bytes = new byte[count];
        return bytes[..await file.ReadAtLeastAsync(bytes, count, throwOnEndOfStream: false, cancellationToken)];
    }

    public Task MakeFolderAsync(string path, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(path);
        return Task.CompletedTask;
    }

    public Task<long> FindPartAsync(string path, CopiedFile file, CancellationToken cancellationToken) =>
        Task.FromResult(new FileInfo(PartOf(path, file)) is { Exists: true } part ? part.Length : 0);

    public async Task WriteAsync(
        string path,
        CopiedFile file,
        long offset,
        byte[] bytes,
        CancellationToken cancellationToken
    )
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write };
        // It may be a secret; its own rights come with its name.
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        if (new FileInfo(PartOf(path, file)).LinkTarget is not null)
            throw new IOException($"{PartOf(path, file)} is a link, which somebody has put there");
        await using var part = new FileStream(PartOf(path, file), options);
        part.SetLength(offset);
        part.Position = offset;
        await part.WriteAsync(bytes, cancellationToken);
    }

    public async Task<bool> PlaceAsync(string path, CopiedFile file, CancellationToken cancellationToken)
    {
        var part = PartOf(path, file);
        if (!File.Exists(part))
            await WriteAsync(path, file, 0, [], cancellationToken);
        if (await HashAsync(part, cancellationToken) != file.Sha256)
        {
            File.Delete(part);
            return false;
        }
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(part, (UnixFileMode)(file.Mode & Rights));
        File.Move(part, path, overwrite: true);
        return true;
    }

    private static string PartOf(string path, CopiedFile file)
    {
        var whole = Path.GetFullPath(path);
        return Path.Combine(Path.GetDirectoryName(whole)!, $".{Path.GetFileName(whole)}.{file.Sha256[..16]}.part");
    }

    private static IEnumerable<FileSystemInfo> Entries(string path)
    {
        foreach (var entry in new DirectoryInfo(path).EnumerateFileSystemInfos())
        {
            yield return entry;
            if (entry is DirectoryInfo { LinkTarget: null })
                foreach (var below in Entries(entry.FullName))
                    yield return below;
        }
    }

    private static async Task<CopiedFile> DescribeAsync(string path, string name, CancellationToken cancellationToken)
    {
        var mode = OperatingSystem.IsWindows() ? NewMode : (int)File.GetUnixFileMode(path) & Rights;
        return new CopiedFile(name, new FileInfo(path).Length, mode, await HashAsync(path, cancellationToken));
    }

    private static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }
}
