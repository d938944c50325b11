using System.Text.Json;
using System.Text.Json.Nodes;
using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Hosts.Pruning;
using ContainerHost.Specification;

namespace ContainerHost.Hosts;

/// <summary>The hosts of one folder: each has a folder of its own in it, with its state.</summary>
internal sealed class HostStore(string hostsDirectory, CacheUsers? users = null)
{
    /// <summary>The absolute path of the folder that holds the hosts.</summary>
    public string HostsDirectory { get; } = Path.GetFullPath(hostsDirectory);

    public HostFolder FolderOf(HostName name) => new(Path.Combine(HostsDirectory, name.Value));

    /// <summary>The names of all hosts with a folder here, sorted, half-made ones included.</summary>
    /// <exception cref="PrerequisitesMissingException">This user may not look.</exception>
    public IReadOnlyList<HostName> List() =>
        IsFolder(HostsDirectory) ? Look(HostsDirectory, () => Names().ToList()) : [];

    /// <summary>True when there is anything of a host here, half-made ones included.</summary>
    /// <exception cref="PrerequisitesMissingException">This user may not look.</exception>
    public bool Has(HostName name) => IsFolder(FolderOf(name).Path);

    private IEnumerable<HostName> Names() =>
        Directory
            .EnumerateDirectories(HostsDirectory)
            .Select(path => HostName.TryParse(Path.GetFileName(path), out var name) ? name : null)
            .OfType<HostName>()
            .Where(name => !IsForeign(FolderOf(name)))
            .OrderBy(name => name.Value, StringComparer.Ordinal);

    private static bool IsForeign(HostFolder folder)
    {
        try
        {
            return folder.FindForeign() is not null;
        }
        catch (UnauthorizedAccessException)
        {
            // Hosts of others are told as far as they can be seen.
            return false;
        }
    }

    // Directory.Exists says that there is none where one may not look.
    private static bool IsFolder(string path) =>
        Look(
            path,
            () =>
            {
                try
                {
                    return File.GetAttributes(path).HasFlag(FileAttributes.Directory);
                }
                catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
                {
                    return false;
                }
            }
        );

    private static T Look<T>(string path, Func<T> look)
    {
        try
        {
            return look();
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new PrerequisitesMissingException(
                $"look into {path}",
                FileOwner.Explain(path, exception) ?? exception.Message,
                "run it as the owner of the hosts' folder, or choose one of your own by --hosts-directory."
            );
        }
    }

    /// <summary>Reads a host's state, or null when it has none.</summary>
    /// <exception cref="ContainerHostException">The file is damaged, or of a newer format.</exception>
    public HostState? Load(HostName name)
    {
        var path = FolderOf(name).State;
        if (!Has(name) || !File.Exists(path))
            return null;
        try
        {
            return VersionedJson.Read<HostState>(
                Look(path, () => File.ReadAllText(path)),
                HostState.CurrentSchemaVersion,
                LiftCatalog
            );
        }
        catch (VersionedJsonException unreadable)
        {
            throw new ContainerHostException(
                "read the host's state",
                $"{path} {unreadable.Message}",
                unreadable.IsNewer
                    ? "use the version that made the host, or a newer one; for hosts of this version, another folder by --hosts-directory."
                    : $"'./build.sh Destroy --name {name}' removes the host with whatever is left of it.",
                name.Value,
                unreadable
            );
        }
    }

    /// <summary>The same, and null too for what cannot be read, where one host's damage is nothing to the others; Status tells of it.</summary>
    public HostState? TryLoad(HostName name)
    {
        try
        {
            return Load(name);
        }
        catch (ContainerHostException)
        {
            return null;
        }
    }

    // Before Linux had catalogues, that of a host was among the settings of Windows.
    private static void LiftCatalog(JsonObject file)
    {
        if (
            file["spec"] is JsonObject { } spec
            && !spec.ContainsKey("catalog")
            && spec["windows"]?["catalog"] is { } catalog
        )
            spec["catalog"] = catalog.DeepClone();
    }

    /// <summary>Writes a host's state: whole or not at all; its folder is this user's alone, since the disk has what the seed has.</summary>
    public async Task SaveAsync(HostState state, CancellationToken cancellationToken)
    {
        var folder = FolderOf(state.Spec.Name);
        OwnFolder.Make(folder.Path);
        await AtomicFile.WriteTextAsync(
            folder.State,
            JsonSerializer.Serialize(state, SpecificationJson.Options) + "\n",
            cancellationToken,
            // Addresses in it may have passwords.
            secret: true
        );
        if (users is not null)
            await users.NoteAsync(HostsDirectory, cancellationToken);
    }
}
