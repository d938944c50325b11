using System.Security.Cryptography;
using System.Text.Json;
using ContainerHost.Files;

namespace ContainerHost.Media;

/// <summary>
/// Files with a known SHA-256, kept beside them as <c>sha256sum</c> writes it. What was recorded first is the truth: a file is believed
/// while its size and time are those of the record, read again when its time changed, and never accepted with other bytes.
/// </summary>
internal static class CheckedFile
{
    private const string RecordEnd = ".sha256";
    private const string StampEnd = ".stamp.json";

    /// <summary>The file's SHA-256 in lower-case hex; null when it is not there, was never recorded, or is no longer what was recorded.</summary>
    public static async Task<string?> DigestOfAsync(string path, CancellationToken cancellationToken)
    {
        var record = RecordOf(path);
        if (!File.Exists(path) || !File.Exists(record))
            return null;
        var recorded = (await File.ReadAllTextAsync(record, cancellationToken)).Split(' ')[0];
        var stamp = await ReadStampAsync(path, cancellationToken);
        if (stamp == Stamp.Of(path))
        {
            NoteUse(path);
            return recorded;
        }
        if (stamp is not null && stamp.Size != Stamp.Of(path).Size)
            return null;
        if (await ComputeAsync(path, cancellationToken) != recorded)
            return null;
        await RecordAsync(path, recorded, cancellationToken);
        return recorded;
    }

    /// <summary>When a file of the folder, or that one file, was last asked for; null where none is recorded.</summary>
    public static DateTime? LastUseOf(FileSystemInfo entry) =>
        (
            entry is DirectoryInfo folder
                ? folder.EnumerateFiles($"*{StampEnd}").ToList()
                : [.. new[] { new FileInfo(StampOf(entry.FullName)) }.Where(stamp => stamp.Exists)]
        )
            .Select(stamp => (DateTime?)stamp.LastWriteTimeUtc)
            .Max();

    // By the time of the stamp's own last change, of which nothing else depends; atime is off or late on most disks (relatime).
    private static void NoteUse(string path)
    {
        try
        {
            File.SetLastWriteTimeUtc(StampOf(path), TimeProvider.System.GetUtcNow().UtcDateTime);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException) { }
    }

    /// <summary>Works out the digest and keeps it beside the file.</summary>
    public static async Task<string> RecordAsync(string path, CancellationToken cancellationToken)
    {
        var digest = await ComputeAsync(path, cancellationToken);
        await RecordAsync(path, digest, cancellationToken);
        return digest;
    }

    /// <summary>Keeps a digest that is known already, of a file that was hashed while it was written.</summary>
    public static async Task RecordAsync(string path, string digest, CancellationToken cancellationToken)
    {
        var stamp = JsonSerializer.Serialize(Stamp.Of(path));
        // A kill in between must leave no new stamp beside an old digest, which would be believed.
        File.Delete(StampOf(path));
        await AtomicFile.WriteTextAsync(RecordOf(path), $"{digest}  {Path.GetFileName(path)}\n", cancellationToken);
        await AtomicFile.WriteTextAsync(StampOf(path), stamp, cancellationToken);
    }

    /// <summary>True for a file that only tells the digest of another.</summary>
    public static bool IsRecord(string path) => path.EndsWith(RecordEnd, StringComparison.Ordinal);

    /// <summary>Removes a file and what is recorded of it.</summary>
    public static void Delete(string path)
    {
        foreach (var one in (string[])[RecordOf(path), StampOf(path), path])
            File.Delete(one);
    }

    /// <summary>Works out the digest and leaves nothing beside the file, which may be somebody else's.</summary>
    public static async Task<string> ComputeAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }

    private static async Task<Stamp?> ReadStampAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var stamp = StampOf(path);
            return File.Exists(stamp)
                ? JsonSerializer.Deserialize<Stamp>(await File.ReadAllTextAsync(stamp, cancellationToken))
                : null;
        }
        catch (JsonException)
        {
            return null; // The bytes decide.
        }
    }

    private static string RecordOf(string path) => $"{path}{RecordEnd}";

    private static string StampOf(string path) => $"{path}{StampEnd}";

    private sealed record Stamp(long Size, DateTime Changed)
    {
        public static Stamp Of(string path)
        {
            var file = new FileInfo(path);
            return new Stamp(file.Length, file.LastWriteTimeUtc);
        }
    }
}
