using ContainerHost.Errors;

namespace ContainerHost.Media;

/// <summary>Every on-disk name of the cache, in one place.</summary>
internal sealed record CacheFolder(string Path)
{
    /// <summary>The user's cache folder by the platform's convention: XDG_CACHE_HOME on Linux, LocalAppData on Windows, Library/Caches on macOS.</summary>
    public static CacheFolder Default => new(FindDefault());

    /// <summary>The folder of a file that is known by its SHA-256 (lower-case hex).</summary>
    public string Artifact(string sha256) =>
        sha256.Length == 64 && sha256.All(char.IsAsciiHexDigitLower) ? In("artifacts", sha256) : throw Unfit(sha256);

    /// <summary>The folder of an image built or downloaded under a fingerprint.</summary>
    public string Image(string fingerprint) => In("images", Plain(fingerprint));

    /// <summary>The folder that an image is built in, before it is moved to its own; named so that remains of a killed build are found.</summary>
    public string Building(string fingerprint, string unique) =>
        In("images", $".building-{Plain(fingerprint)}-{unique}");

    /// <summary>The folder of indexes that apt fetched of sources which are not this machine's own.</summary>
    public string AptLists => In("apt");

    /// <summary>The folder of what GitHub answered about releases.</summary>
    public string Releases => In("releases");

    /// <summary>The folder of what apt's archives said of themselves.</summary>
    public string Archives => In("archives");

    /// <summary>The file of how long steps took in the last runs.</summary>
    public string Durations => In("durations.json");

    /// <summary>Where all artifacts are.</summary>
    public string Artifacts => In("artifacts");

    /// <summary>Where all images are, and those that are being built.</summary>
    public string Images => In("images");

    /// <summary>The folder of disks that were converted.</summary>
    public string Converted => In("vhdx");

    /// <summary>The folder of disks that came packed.</summary>
    public string Unpacked => In("unpacked");

    /// <summary>The folder of notes on who uses this cache: a file for each folder of hosts.</summary>
    public string Users => In("hosts");

    /// <summary>The folder of archives of images on their way into a host.</summary>
    public string Proving => In("proving");

    /// <summary>The lock on an image or artifact.</summary>
    public string Lock(string name) => In("locks", $"{Plain(name)}.lock");

    private string In(params ReadOnlySpan<string> names) => System.IO.Path.Combine([Path, .. names]);

    // Digests and fingerprints come from lock files, mirrors and guests too; what they say must not lead out of the cache.
    private static string Plain(string name) =>
        name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && !name.StartsWith('.')
            ? name
            : throw Unfit(name);

    private static ContainerHostException Unfit(string name) =>
        new(
            "keep something in the cache",
            $"'{name}' is neither a SHA-256 nor a fingerprint",
            "find out who said so: the lock file, a mirror, or the guest's apt."
        );

    private static string FindDefault()
    {
        if (OperatingSystem.IsWindows())
        {
            var local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
            return System.IO.Path.Combine(local, "ContainerHost", "Cache");
        }
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (OperatingSystem.IsMacOS())
            return System.IO.Path.Combine(home, "Library", "Caches", "ContainerHost");
        // The specification has relative values ignored (XDG Base Directory Specification).
        if (Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { } xdg && System.IO.Path.IsPathRooted(xdg))
            return System.IO.Path.Combine(xdg, "containerhost");
        // A relative one would be another in each current folder.
        if (!System.IO.Path.IsPathRooted(home) || !Directory.Exists(home))
            throw new PrerequisitesMissingException(
                "find this user's cache folder",
                $"HOME is '{home}', which is no folder",
                "choose a folder by --cache-directory, or set XDG_CACHE_HOME."
            );
        return System.IO.Path.Combine(home, ".cache", "containerhost");
    }
}
