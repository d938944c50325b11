using ContainerHost.Files;
using ContainerHost.Specification;

namespace ContainerHost.Media.Keeping;

/// <summary>What is in the cache: what is kept for its digest or fingerprint, and what cut-off runs left. Indexes, locks and probes are small and stay.</summary>
internal sealed class CacheContent(CacheFolder cache)
{
    /// <summary>The kind of an image that a killed build left; such remains have owners and processes of their own.</summary>
    public const string Unfinished = "unfinished image";

    private const string Building = ".building-";

    /// <summary>The room that the whole cache takes.</summary>
    public long Bytes => RoomOf(new DirectoryInfo(cache.Path));

    /// <summary>What is kept, the least recently used first.</summary>
    public IReadOnlyList<CacheEntry> Entries => [.. Kept().OrderBy(entry => entry.LastUse)];

    /// <summary>What no run goes on with: parts of downloads and conversions, images that were being built, archives on their way into a host.</summary>
    public IReadOnlyList<CacheEntry> Leftovers(DateTime changedBefore) =>
        [.. Left().Where(entry => entry.LastUse < changedBefore)];

    private IEnumerable<CacheEntry> Kept() =>
        Folders(cache.Artifacts)
            .Select(folder => Entry("download", folder, folder.Name, folder.Name))
            .Concat(Images().Select(folder => Entry("image", folder, folder.Name, ImageLock(folder))))
            .Concat(Files(cache.Converted, "*.vhdx").Select(file => Disk("converted disk", file, "vhdx")))
            .Concat(Files(cache.Unpacked, "*.img").Select(file => Disk("unpacked disk", file, "unpacked")));

    private IEnumerable<CacheEntry> Left() =>
        Folders(cache.Artifacts)
            .SelectMany(folder => Parts(folder.FullName, folder.Name))
            .Concat(Images().SelectMany(folder => Parts(folder.FullName, ImageLock(folder))))
            .Concat(Folders(cache.Images).Select(Remains).OfType<CacheEntry>())
            .Concat(Parts(cache.Converted, lockName: ""))
            .Concat(Parts(cache.Unpacked, lockName: ""))
            .Concat(Things(cache.Proving).Select(thing => Left("archive", thing, lockName: "")));

    private IEnumerable<DirectoryInfo> Images() => Folders(cache.Images).Where(folder => !folder.Name.StartsWith('.'));

    // Windows' own unfinished disks may be attached; the next one that is made removes them.
    private static CacheEntry? Remains(DirectoryInfo folder) =>
        folder.Name.StartsWith(Building, StringComparison.Ordinal)
        && folder.Name[Building.Length..].Split('-') is [var fingerprint, _]
            ? Left(Unfinished, folder, $"image-{fingerprint}") with
            {
                Key = fingerprint,
            }
            : null;

    private static string ImageLock(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "disk.vhdx")) ? "apply-image" : $"image-{folder.Name}";

    private static CacheEntry Disk(string kind, FileInfo file, string lockKind)
    {
        var digest = Path.GetFileNameWithoutExtension(file.Name);
        var name = digest.Length > 12 ? Fingerprint.OfDigest(digest) : digest;
        return Entry(kind, file, digest, $"{lockKind}-{name}");
    }

    private static CacheEntry Entry(string kind, FileSystemInfo thing, string key, string lockName) =>
        new(kind, thing.FullName, key, lockName, RoomOf(thing), CheckedFile.LastUseOf(thing) ?? LastChangeOf(thing));

    private static IEnumerable<CacheEntry> Parts(string folder, string lockName) =>
        Files(folder, "*.part")
            .Concat(Files(folder, "*.part.json"))
            .Concat(Files(folder, "*.tmp"))
            .Select(file => Left("cut-off download", file, lockName));

    private static CacheEntry Left(string kind, FileSystemInfo thing, string lockName) =>
        new(kind, thing.FullName, "", lockName, RoomOf(thing), LastChangeOf(thing));

    private static DateTime LastChangeOf(FileSystemInfo thing) =>
        thing is DirectoryInfo folder
            ? folder.EnumerateFiles().Select(file => file.LastWriteTimeUtc).Append(folder.LastWriteTimeUtc).Max()
            : thing.LastWriteTimeUtc;

    internal static long RoomOf(FileSystemInfo thing) =>
        thing switch
        {
            FileInfo file => FileStatus.RoomOf(file),
            DirectoryInfo { Exists: true } folder => folder.EnumerateFiles("*", Whole).Sum(FileStatus.RoomOf),
            _ => 0,
        };

    // Unfinished images have folders of the user's subordinate ids, and of others; links lead out.
    private static readonly EnumerationOptions Whole = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    private static IEnumerable<DirectoryInfo> Folders(string path) => Things(path).OfType<DirectoryInfo>();

    private static IEnumerable<FileInfo> Files(string path, string pattern) => Things(path, pattern).OfType<FileInfo>();

    private static IEnumerable<FileSystemInfo> Things(string path, string pattern = "*") =>
        Directory.Exists(path) ? new DirectoryInfo(path).EnumerateFileSystemInfos(pattern) : [];
}
