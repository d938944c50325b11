using System.Text;
using ContainerHost.Errors;

namespace ContainerHost.Specification;

/// <summary>
/// Reads scripts of the user's whole, with every problem told, before anything is touched. Windows' line ends become line feeds, as Vagrant's
/// shell provisioner has it (its documentation, option "binary": https://developer.hashicorp.com/vagrant/docs/provisioning/shell).
/// </summary>
internal static class UserScripts
{
    public const int LargestBytes = 1 << 20;
    private const int LongestName = 100;
    private const string StandardInput = "stdin";

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>
    /// The scripts of a list with commas between: files, folders with scripts in the order of their names, and <c>stdin</c> for standard input, once.
    /// </summary>
    public static async Task<IReadOnlyList<UserScript>> ReadListAsync(
        string list,
        bool isWindows,
        Func<Stream> standardInput,
        List<string> problems,
        CancellationToken cancellationToken
    )
    {
        var found = new List<string>();
        var scripts = new List<UserScript>();
        var words = list.Split(',', StringSplitOptions.TrimEntries);
        foreach (var word in words.Where(word => word != StandardInput))
            scripts.AddRange(Read(word, word, isWindows, found));
        if (words.Count(word => word == StandardInput) > 1)
            found.Add("standard input (stdin) can be read once");
        else if (found.Count == 0 && Array.IndexOf(words, StandardInput) is >= 0 and var at)
        {
            // Reading knows no cancellation: a thread is left to it, which does not keep the process.
            var bytes = await Task.Run(() => Take(standardInput()), cancellationToken).WaitAsync(cancellationToken);
            if (Parse(isWindows ? "stdin.ps1" : "stdin", "standard input", bytes, found) is { } script)
                scripts.Insert(words.Take(at).Sum(word => Read(word, word, isWindows, []).Count), script);
        }
        foreach (var twice in scripts.GroupBy(script => script.Name).Where(group => group.Skip(1).Any()))
            found.Add($"{twice.Count()} scripts are called '{twice.Key}', and a host knows them by their names");
        problems.AddRange(found.Select(problem => $"--provision: {problem}."));
        return scripts;
    }

    /// <summary>The script of a file, or those of a folder in the order of their names (ordinal); what is wrong with them is told as of <paramref name="shown"/>.</summary>
    public static IReadOnlyList<UserScript> Read(string path, string shown, bool isWindows, List<string> problems)
    {
        var ending = isWindows ? ".ps1" : ".sh";
        try
        {
            if (!Directory.Exists(path))
                return ReadFile(path, shown, isWindows, problems) is { } script ? [script] : [];
            var files = Directory
                .GetFiles(path)
                .Where(file => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                .Order(StringComparer.Ordinal)
                .ToList();
            if (files.Count == 0)
                problems.Add($"the folder '{shown}' has no scripts in it, which end in {ending}");
            return
            [
                .. files
                    .Select(file => ReadFile(file, Path.Combine(shown, Path.GetFileName(file)), isWindows, problems))
                    .OfType<UserScript>(),
            ];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add($"the folder '{shown}' cannot be read: {exception.Message.TrimEnd('.')}");
            return [];
        }
    }

    private static UserScript? ReadFile(string path, string shown, bool isWindows, List<string> problems)
    {
        if (isWindows && !path.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase))
            problems.Add($"the script '{shown}' is none for a Windows guest: these end in .ps1");
        else if (Path.GetFileName(path) is { } name && (name.Length is 0 or > LongestName || name.Any(IsOdd)))
            problems.Add(
                $"'{SafeText.Clean(shown)}' is no name for a script: up to {LongestName} characters, none of \\ : * ? \" < > |"
            );
        else
        {
            try
            {
                // A pipe that nobody writes to would be waited for; it has no length.
                if (new FileInfo(path) is { Exists: true, Length: 0 })
                    problems.Add($"the script '{shown}' is empty, or no plain file");
                else
                    return Parse(path, $"the script '{shown}'", Take(File.OpenRead(path)), problems);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                problems.Add($"the script '{shown}' cannot be read: {exception.Message.TrimEnd('.')}");
            }
        }
        return null;
    }

    private static UserScript? Parse(string source, string shown, byte[] content, List<string> problems)
    {
        if (content.Length > LargestBytes)
        {
            problems.Add($"{shown} is larger than 1 MiB; have it fetch what is large");
            return null;
        }
        try
        {
            var text = Strict.GetString(content).TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal);
            if (string.IsNullOrWhiteSpace(text))
                problems.Add($"{shown} is empty");
            else if (text.Contains('\0', StringComparison.Ordinal))
                problems.Add($"{shown} is no script but a binary file");
            else
                return new UserScript(source, text);
        }
        catch (DecoderFallbackException)
        {
            problems.Add($"{shown} is no text in UTF-8");
        }
        return null;
    }

    // One byte more than is allowed tells that there is more.
    private static byte[] Take(Stream stream)
    {
        using (stream)
        {
            var buffer = new byte[LargestBytes + 1];
            return buffer[..stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)];
        }
    }

    private static bool IsOdd(char c) => char.IsControl(c) || "\\/:*?\"<>|".Contains(c, StringComparison.Ordinal);
}
