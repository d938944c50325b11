using ContainerHost.Files;
using ContainerHost.Media;
using ContainerHost.Specification;

namespace ContainerHost.Hosts.Pruning;

/// <summary>The folders of hosts that use a cache, noted in it, since checkouts have hosts of their own and one cache in common.</summary>
internal sealed class CacheUsers(string cacheDirectory)
{
    private readonly string _notes = new CacheFolder(cacheDirectory).Users;

    /// <summary>The file that notes a folder.</summary>
    public string NoteOf(string hosts) => Path.Combine(_notes, Fingerprint.OfText(hosts));

    /// <summary>Every folder that is noted.</summary>
    public IReadOnlyList<string> Folders =>
        Directory.Exists(_notes)
            ? [.. Directory.EnumerateFiles(_notes).Where(IsNote).Select(note => File.ReadAllText(note).Trim())]
            : [];

    /// <summary>Notes a folder of hosts; where the cache cannot be written nothing of it is pruned either.</summary>
    public async Task NoteAsync(string hosts, CancellationToken cancellationToken)
    {
        if (File.Exists(NoteOf(hosts)))
            return;
        try
        {
            await AtomicFile.WriteTextAsync(NoteOf(hosts), $"{hosts}\n", cancellationToken);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException) { }
    }

    /// <summary>Takes a note away once the folder has no host any more.</summary>
    public async Task ForgetAsync(HostStore store, CancellationToken cancellationToken)
    {
        if (!File.Exists(NoteOf(store.HostsDirectory)) || store.List().Count > 0)
            return;
        try
        {
            File.Delete(NoteOf(store.HostsDirectory));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return;
        }
        // A host is noted after its folder is made: one that came meanwhile is seen here, or notes itself.
        if (store.List().Count > 0)
            await NoteAsync(store.HostsDirectory, cancellationToken);
    }

    private static bool IsNote(string path) => !path.EndsWith(".tmp", StringComparison.Ordinal);
}
