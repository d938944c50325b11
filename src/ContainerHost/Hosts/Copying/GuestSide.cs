using ContainerHost.Errors;
using ContainerHost.Guests;
using ContainerHost.Waiting;

namespace ContainerHost.Hosts.Copying;

/// <summary>Files of a Linux guest, as its root: SFTP would see them as the user that logs in, who may read no log.</summary>
internal sealed class GuestSide(IGuestShell shell, string script) : IFileSide
{
    public Task<TreeKind> FindAsync(string path, CancellationToken cancellationToken) =>
        AskAsync<TreeKind>($"look for {path} in the guest", "", ["find", path], cancellationToken);

    public async Task<CopiedTree> LookAsync(string path, CancellationToken cancellationToken)
    {
        var tree = await AskAsync<CopiedTree>($"look at {path} in the guest", "", ["look", path], cancellationToken);
        // A guest may be hostile: nothing that it names may lead out of the folder, its digests no more than its files.
        var wrong = tree.Files.Select(file => file.Path).Concat(tree.Folders).FirstOrDefault(name => !IsPlain(name));
        wrong ??= tree.Files.FirstOrDefault(file => file.Size < 0 || !IsDigest(file.Sha256))?.Path;
        if (wrong is not null)
            throw new ContainerHostException(
                $"copy {path} from the guest",
                $"it names a file '{wrong}', which cannot be one here",
                "rename it in the guest, or copy an archive (tar) instead."
            );
        return tree;
    }

    public string Join(string folder, string relative) => $"{folder.TrimEnd('/')}/{relative}";

    public async Task<byte[]> ReadAsync(string path, long offset, int count, CancellationToken cancellationToken)
    {
        var text = await AskAsync<string>(
            $"read {path}",
            "",
            ["read", path, $"{offset}", $"{count}"],
            cancellationToken
        );
        var bytes = Convert.FromBase64String(text);
        return bytes.Length <= count
            ? bytes
            : throw new ContainerHostException(
                $"read {path}",
                "the guest sent more than was asked for",
                "look at the guest."
            );
    }

    public Task MakeFolderAsync(string path, CancellationToken cancellationToken) =>
        AskAsync<bool>($"make {path}", "", ["folder", path], cancellationToken);

    public Task<long> FindPartAsync(string path, CopiedFile file, CancellationToken cancellationToken) =>
        AskAsync<long>($"look for a part of {path}", "", ["part", path, file.Sha256], cancellationToken);

    public Task WriteAsync(
        string path,
        CopiedFile file,
        long offset,
        byte[] bytes,
        CancellationToken cancellationToken
    ) =>
        AskAsync<bool>(
            $"write {path}",
            $"DATA = '{Convert.ToBase64String(bytes)}'\n",
            ["write", path, file.Sha256, $"{offset}"],
            cancellationToken
        );

    public Task<bool> PlaceAsync(string path, CopiedFile file, CancellationToken cancellationToken) =>
        AskAsync<bool>($"finish {path}", "", ["place", path, file.Sha256, $"{file.Mode}"], cancellationToken);

    private static bool IsPlain(string name) =>
        !name.Any(char.IsControl)
        && name.Split('/').All(part => part is not ("" or "." or ".."))
        && !(OperatingSystem.IsWindows() && name.AsSpan().ContainsAny('\\', ':'));

    private static bool IsDigest(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);

    private async Task<T> AskAsync<T>(
        string attempted,
        string data,
        string[] words,
        CancellationToken cancellationToken
    )
    {
        var command = GuestScript.Load(script).ToCommand(words);
        command = command with { StandardInput = data + command.StandardInput };
        var json = await shell.RunCheckedAsync(command, attempted, cancellationToken, TimeLimits.ShellCommand);
        return GuestScript.ReadAnswer<T>(json);
    }
}
