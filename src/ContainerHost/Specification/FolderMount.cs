using ContainerHost.Files;

namespace ContainerHost.Specification;

/// <summary>A folder of this machine that a guest has at a path of its own, written as docker-run(1) mounts one: <c>FOLDER:GUEST-PATH[:ro]</c>, to be written to by default.</summary>
/// <param name="Folder">The folder, absolute; where it is kept without symbolic links.</param>
/// <param name="GuestPath">The path in the guest, absolute.</param>
/// <param name="IsReadOnly">Whether the guest may only read.</param>
internal sealed record FolderMount(string Folder, string GuestPath, bool IsReadOnly)
{
    private const string ReadOnlyWord = "ro";
    private const string WritableWord = "rw";

    // What a guest, its runtimes and what we put there live by; a mount at, above or below one would hide it.
    private static readonly string[] OfTheSystem =
    [
        "/bin",
        "/boot",
        "/dev",
        "/etc",
        "/lib",
        "/lib32",
        "/lib64",
        "/libx32",
        "/opt/cni",
        "/opt/containerd",
        "/opt/kata",
        "/proc",
        "/run",
        "/sbin",
        "/sys",
        "/usr",
        "/var/cache",
        "/var/lib",
        "/var/lock",
        "/var/log",
        "/var/run",
        "/var/spool",
    ];

    // These may have mounts below them, but are not to be hidden themselves.
    private static readonly string[] Kept = ["/home", "/root", "/tmp", "/var/tmp"];

    /// <summary>True when the two cannot both be there: at one path of the guest, or one below the other.</summary>
    public bool Overlaps(FolderMount other) =>
        IsAtOrBelow(GuestPath, other.GuestPath) || IsAtOrBelow(other.GuestPath, GuestPath);

    /// <summary>True for a path that is the other, or in it.</summary>
    public static bool IsAtOrBelow(string path, string top) =>
        path == top || path.StartsWith(top.EndsWith('/') ? top : $"{top}/", StringComparison.Ordinal);

    /// <summary>Reads one; null, or what is wrong with the text, in a sentence. What is in the folder's place is not looked at.</summary>
    public static string? Read(string text, out FolderMount? mount)
    {
        mount = null;
        var words = text.Split(':');
        if (words.Length is not (2 or 3) || (words.Length == 3 && words[2] is not (ReadOnlyWord or WritableWord)))
            return "A folder and a path of the guest are needed, with a colon between, perhaps with :ro behind. "
                + "A comma or colon in a name cannot be written here: mount the folder above it.";
        if (words[0].Length == 0 || words[0].Any(char.IsControl))
            return "The folder has no name, or one with control characters.";
        var guestPath = words[1].Length > 1 ? words[1].TrimEnd('/') : words[1];
        if (ProblemInGuest(guestPath) is { } problem)
            return problem;
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(words[0]));
        mount = new FolderMount(folder, guestPath, words is [_, _, ReadOnlyWord]);
        return null;
    }

    /// <summary>Reads one that is typed now: the folder must be there, and is kept without the symbolic links on its way.</summary>
    public static string? ReadTyped(string text, out FolderMount? mount)
    {
        if (Read(text, out mount) is { } wrong)
            return wrong;
        mount = mount! with { Folder = RealPath.Of(mount.Folder) };
        return mount.Folder.IndexOfAny([',', ':']) >= 0
            ? $"It is {mount.Folder}, and a comma or colon in a name cannot be kept: mount the folder above it."
            : mount.FindProblem();
    }

    /// <summary>Why the folder cannot be had as things are here now, in a sentence; null where it can.</summary>
    public string? FindProblem()
    {
        var real = RealPath.Of(Folder);
        if (Folder == Path.GetPathRoot(Folder))
            return "All of this machine is not shared: name the folder that the guest needs.";
        // Somebody who may write above it could lead us to another folder.
        if (real != Folder)
            return $"A symbolic link leads from there to {real} by now.";
        if (new FileInfo(Folder).LinkTarget is not null)
            return "It is a symbolic link that leads in a circle.";
        if (File.Exists(Folder))
            return "It is a file; a folder is mounted, and what is in it seen.";
        if (!Directory.Exists(Folder))
            return "There is no such folder.";
        try
        {
            using var entries = Directory.EnumerateFileSystemEntries(Folder).GetEnumerator();
            entries.MoveNext();
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return $"It cannot be read: {refused.Message}";
        }
    }

    private static string? ProblemInGuest(string path)
    {
        var names = path.Split('/');
        if (!path.StartsWith('/') || names[1..].Any(name => name is "" or "." or ".."))
            return path == "/"
                ? "The guest's own root cannot be mounted over."
                : $"'{path}' is no absolute path of the guest, written without '.', '..' and double slashes.";
        if (path.Any(char.IsControl))
            return "The guest's path has control characters.";
        if (OfTheSystem.FirstOrDefault(own => IsAtOrBelow(path, own) || IsAtOrBelow(own, path)) is { } taken)
            return $"{taken} is the guest's own system's; take a path such as /work or /srv/work.";
        // Who logs in has his keys there.
        return Kept.Contains(path) || names is ["", "home", _] || names.Contains(".ssh")
            ? $"{path} is the guest's own; take a path below it, or one such as /work."
            : null;
    }

    public override string ToString() => $"{Folder}:{GuestPath}{(IsReadOnly ? $":{ReadOnlyWord}" : "")}";
}
