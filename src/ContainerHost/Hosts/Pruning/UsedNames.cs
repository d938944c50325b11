using System.Text;
using ContainerHost.Files;

namespace ContainerHost.Hosts.Pruning;

/// <summary>What hosts use of a cache: whatever their files name, by path or digest, and whatever a running QEMU has open.</summary>
internal sealed class UsedNames
{
    private readonly string _text;

    private UsedNames(string text, IReadOnlyList<string> unknown) => (_text, Unknown) = (text, unknown);

    /// <summary>Why it is not known of some hosts what they use; then all may be in use.</summary>
    public IReadOnlyList<string> Unknown { get; }

    public bool Has(string key) => _text.Contains(key, StringComparison.OrdinalIgnoreCase);

    public static UsedNames Read(
        IEnumerable<string> hostsFolders,
        CacheUsers users,
        string ownFolder,
        IEnumerable<string> openFiles
    )
    {
        var text = new StringBuilder();
        var unknown = new List<string>();
        foreach (var folder in hostsFolders)
        {
            try
            {
                if (Directory.Exists(folder))
                    Read(folder, text);
                // It may lie on a disk that is not mounted.
                else if (folder != ownFolder)
                    unknown.Add(
                        $"{folder} had hosts and is not there now; if it is gone for good, remove {users.NoteOf(folder)}"
                    );
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                unknown.Add($"the hosts in {folder} cannot be read: {refused.Message}");
            }
        }
        text.AppendJoin('\n', openFiles);
        return new UsedNames($"{text}", unknown);
    }

    private static void Read(string hosts, StringBuilder text)
    {
        foreach (var path in Directory.EnumerateDirectories(hosts))
        {
            var host = new HostFolder(path);
            foreach (var file in (string[])[host.State, host.Machine, host.LockFile])
            {
                // Exists says that there is none where one may not look, and opening tells.
                try
                {
                    text.AppendLine(File.ReadAllText(file));
                }
                catch (FileNotFoundException) { }
            }
        }
        foreach (var kept in Directory.EnumerateFiles(hosts, ".*.host.lock.json"))
            text.AppendLine(File.ReadAllText(kept));
    }
}
