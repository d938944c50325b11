using System.Text;
using ContainerHost.Errors;
using ContainerHost.Files;

namespace ContainerHost.Hosts.Reach;

/// <summary>
/// The user's own configuration of OpenSSH, <c>.ssh/config</c> in a home folder: one line of ours at its top includes a file of ours, and all else stays byte for byte.
/// </summary>
internal sealed class UserSshConfig(string home)
{
    private const UnixFileMode OwnFolderMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // One byte a character, whatever the file is written in.
    private static readonly Encoding Bytes = Encoding.Latin1;

    public string Path { get; } = System.IO.Path.Combine(home, ".ssh", "config");

    /// <summary>True when a file of ours is included for every host.</summary>
    public bool Includes(string file)
    {
        try
        {
            return HasAtTop(Read() ?? "", LineFor(file));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Has a file of ours included, if it is not yet.</summary>
    /// <exception cref="PrerequisitesMissingException">The configuration cannot be written.</exception>
    public Task IncludeAsync(string file, CancellationToken cancellationToken) =>
        ChangeAsync(text => With(text, LineFor(file)), file, cancellationToken);

    /// <summary>Takes our line away.</summary>
    /// <exception cref="PrerequisitesMissingException">The configuration cannot be written.</exception>
    public Task ExcludeAsync(string file, CancellationToken cancellationToken) =>
        ChangeAsync(text => Without(text, LineFor(file)), file, cancellationToken);

    internal static string With(string text, string line)
    {
        if (HasAtTop(text, line))
            return text;
        var end = Lines(text).FirstOrDefault()?.EndsWith("\r\n", StringComparison.Ordinal) == true ? "\r\n" : "\n";
        return line + end + Without(text, line);
    }

    internal static string Without(string text, string line) =>
        string.Concat(Lines(text).Where(one => one.Trim() != line));

    // Below a Host or a Match it would count for these alone (ssh_config(5)).
    private static bool HasAtTop(string text, string line) =>
        Lines(text)
            .Select(one => one.Trim())
            .TakeWhile(one => one.Split([' ', '\t', '='], 2)[0].ToUpperInvariant() is not ("HOST" or "MATCH"))
            .Contains(line);

    private static IEnumerable<string> Lines(string text)
    {
        for (var at = 0; at < text.Length; )
        {
            var end = text.IndexOf('\n', at) is >= 0 and var found ? found + 1 : text.Length;
            yield return text[at..end];
            at = end;
        }
    }

    private static string LineFor(string file) =>
        Bytes.GetString(Encoding.UTF8.GetBytes($"Include {SshValue.OfInclude(file)}"));

    private string? Read() => File.Exists(Path) ? Bytes.GetString(File.ReadAllBytes(Path)) : null;

    private async Task ChangeAsync(Func<string, string> change, string file, CancellationToken cancellationToken)
    {
        try
        {
            if (Directory.Exists(Path))
                throw new IOException($"{Path} is a folder");
            var had = Read();
            var text = change(had ?? "");
            if (text == (had ?? ""))
                return;
            RequireOurs();
            await WriteAsync(text, cancellationToken);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new PrerequisitesMissingException(
                $"change {Path}",
                FileOwner.Explain(Path, refused) ?? refused.Message,
                $"see that it can be written by {Environment.UserName}, or leave it alone and give the file to ssh yourself: ssh -F {file} NAME."
            );
        }
    }

    // The file itself where the user keeps a link to it, and with the rights that it had.
    private async Task WriteAsync(string text, CancellationToken cancellationToken)
    {
        var real = RealPath.Of(Path);
        var folder = System.IO.Path.GetDirectoryName(real)!;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnFolderMode);
        if (text.Length == 0 && real == Path)
        {
            File.Delete(real);
            return;
        }
        UnixFileMode? mode = OperatingSystem.IsWindows() || !File.Exists(real) ? null : File.GetUnixFileMode(real);
        await AtomicFile.WriteAsync(real, Bytes.GetBytes(text), cancellationToken, secret: true);
        if (!OperatingSystem.IsWindows() && mode is { } had)
            File.SetUnixFileMode(real, had);
    }

    // What sudo leaves in the home of whoever called it, ssh would not read, nor that user change.
    private void RequireOurs()
    {
        var there =
            File.Exists(Path) ? Path
            : Directory.Exists(home) ? home
            : null;
        if (there is not null && FileStatus.OwnerOf(there) is { } owner && owner != FileStatus.CurrentUser)
            throw new IOException($"{there} belongs to {FileOwner.Of(there)}, not to {Environment.UserName}");
    }
}
