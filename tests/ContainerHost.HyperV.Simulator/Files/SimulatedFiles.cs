using System.Security.Cryptography;
using System.Text;
using ContainerHost.Errors;
using ContainerHost.Machines;
using ContainerHost.Machines.HyperV.Files;

namespace ContainerHost.HyperV.Simulator.Files;

/// <summary>The disk of the simulated host.</summary>
internal sealed class SimulatedFiles(SimulatedHost host) : IHyperVFiles
{
    private const ulong BaseSize = 2UL << 30;
    private readonly Dictionary<string, SimulatedFile> _files = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _sealed = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _folders = new(StringComparer.OrdinalIgnoreCase);

    public IEnumerable<string> Paths => _files.Keys.Concat(_folders);

    public SimulatedFile? Find(string path) => _files.GetValueOrDefault(path);

    public bool HasFolderOf(string path) => _folders.Contains(path[..path.LastIndexOf('\\')]);

    public void Put(string path, SimulatedFile file) =>
        _files[path] = file with { MadeAt = Find(path)?.MadeAt ?? host.Time.GetUtcNow() };

    public bool IsLocal => false;

    public Task<string> SealAsync(string path, CancellationToken cancellationToken)
    {
        using var alone = host.Gate.EnterScope();
        Enter("files: seal", cancellationToken);
        if (host.IsInUse(path))
            throw new IOException($"{path} is in use.");
        if (!_files.ContainsKey(path))
            throw Failed($"seal {path}", "there is no such file");
        return Task.FromResult(_sealed[path] = DigestOf(path));
    }

    public Task<TemplateFile> LookAsync(string path, CancellationToken cancellationToken)
    {
        using var alone = host.Gate.EnterScope();
        Enter("files: look", cancellationToken);
        var isWhole = _files.ContainsKey(path) && _sealed.GetValueOrDefault(path) == DigestOf(path);
        return Task.FromResult(new TemplateFile(path, (long)(Find(path)?.MaxInternalSize ?? 0), isWhole));
    }

    /// <summary>True for a file that nobody may write to any more.</summary>
    public bool IsSealed(string path) => _sealed.ContainsKey(path);

    private string DigestOf(string path) =>
        System.Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes($"{Find(path)! with { MadeAt = default }}"))
        );

    public Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        using var alone = host.Gate.EnterScope();
        Enter("files: delete", cancellationToken);
        if (host.IsInUse(path))
            throw new IOException($"{path} is in use.");
        _files.Remove(path);
        return Task.CompletedTask;
    }

    public Task<long?> LengthInAsync(string folder, CancellationToken cancellationToken)
    {
        Enter("files: length", cancellationToken);
        // As of any remote host.
        return Task.FromResult<long?>(null);
    }

    public Task<bool> ExistsAsync(string path, CancellationToken cancellationToken)
    {
        using var alone = host.Gate.EnterScope();
        Enter("files: exists", cancellationToken);
        return Task.FromResult(_files.ContainsKey(path));
    }

    public Task CopyInAsync(string localPath, string path, CancellationToken cancellationToken)
    {
        using var alone = host.Gate.EnterScope();
        Enter("files: copy in", cancellationToken);
        if (!File.Exists(localPath))
            throw Failed($"copy {localPath}", "there is no such file");
        AddFolders(path[..path.LastIndexOf('\\')]);
        var isDisk = path.EndsWith(".vhdx", StringComparison.OrdinalIgnoreCase);
        // Guests read media.
        Put(
            path,
            new SimulatedFile(isDisk ? BaseSize : 0)
            {
                Content = isDisk ? null : File.ReadAllText(localPath, Encoding.Latin1),
            }
        );
        return Task.CompletedTask;
    }

    public Task MakeFolderAsync(string path, CancellationToken cancellationToken)
    {
        using var alone = host.Gate.EnterScope();
        Enter("files: make folder", cancellationToken);
        AddFolders(path);
        return Task.CompletedTask;
    }

    public Task DeleteFolderAsync(string path, CancellationToken cancellationToken)
    {
        using var alone = host.Gate.EnterScope();
        Enter("files: delete folder", cancellationToken);
        var inside = $@"{path}\";
        var held = _files.Keys.FirstOrDefault(file => IsInside(file) && host.IsInUse(file));
        if (held is not null || host.Machines.IsMerging)
            throw new IOException($"{held ?? path} is in use.");
        // A file that is held and already marked for deletion.
        if (host.Machines.HoldsFiles)
            throw new UnauthorizedAccessException($"Access to the path '{path}' is denied.");
        foreach (var file in _files.Keys.Where(IsInside).ToList())
        {
            _files.Remove(file);
            _sealed.Remove(file);
        }
        _folders.RemoveWhere(folder => folder.Equals(path, StringComparison.OrdinalIgnoreCase) || IsInside(folder));
        return Task.CompletedTask;

        bool IsInside(string other) => other.StartsWith(inside, StringComparison.OrdinalIgnoreCase);
    }

    public bool IsSeenByServices(string localPath) => false;

    public Task TryWriteAsync(string folder, CancellationToken cancellationToken) =>
        host.Options.IsReadOnly ? throw Failed($"write into {folder}", "access is denied") : Task.CompletedTask;

    /// <summary>True while a scanner looks through a file that was just made.</summary>
    public bool IsScanned(string path) =>
        Find(path) is { } file && host.Time.GetUtcNow() < file.MadeAt + host.Options.ScannerHolds;

    /// <summary>The disks that lie on a disk.</summary>
    public IEnumerable<string> ChildrenOf(string path) =>
        _files.Where(one => path.Equals(one.Value.Parent, StringComparison.OrdinalIgnoreCase)).Select(one => one.Key);

    public IEnumerable<string> DisksIn(string folder) =>
        _files.Keys.Where(path =>
            path.EndsWith("vhdx", StringComparison.OrdinalIgnoreCase)
            && path[..path.LastIndexOf('\\')].Equals(folder, StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>What was last written to a disk, or to those that it lies on.</summary>
    public string? Read(string path) =>
        Find(path) is not { } file ? null : file.Content ?? (file.Parent is { } parent ? Read(parent) : null);

    public void Drop(string path) => _files.Remove(path);

    private void AddFolders(string path)
    {
        for (var at = path; at.Length > 2; at = at[..at.LastIndexOf('\\')])
            _folders.Add(at);
    }

    private void Enter(string name, CancellationToken cancellationToken) =>
        host.Enter(name, () => Failed(name, "the disk does not answer"), cancellationToken);

    private static ContainerHostException Failed(string attempted, string saw) =>
        new(attempted, saw, "look at the simulated host.");
}
