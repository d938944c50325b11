using System.Text;
using System.Text.RegularExpressions;

namespace ContainerHost.Specification;

/// <summary>A check of the user's own, which Verify runs last: its id, and its script as text. It is kept with the host.</summary>
internal sealed partial record OwnCheck(string Name, string Script)
{
    public const string Allowed =
        "NAME=SCRIPT, several with commas between, the name 1 to 40 small letters, digits and hyphens; none takes them away";

    private const int Most = 16;

    // They are kept in host.json, which is written at every step.
    private const int LargestBytes = 64 << 10;

    /// <summary>Ids and groups of checks that are Verify's own; a test holds them to its list.</summary>
    public static IReadOnlyList<string> Taken { get; } =
    [
        "login",
        "address",
        "identity",
        "nested-virtualization",
        "runtime",
        "image",
        "process-isolation",
        "vm-isolation",
        "shared-folder",
        "container-world",
        "life-cycle",
        "reboot",
        "all",
        "quick",
    ];

    /// <summary>The checks by name and short hash, by which they are compared; null for none.</summary>
    public static string? Describe(IReadOnlyList<OwnCheck>? checks) =>
        checks is null
            ? null
            : string.Join(", ", checks.Select(check => $"{check.Name} ({Fingerprint.OfText(check.Script)})"));

    /// <summary>Puts the checks of a list into a spec, in the place of all that it had.</summary>
    public static HostSpec Read(HostSpec spec, string list, List<string> problems)
    {
        if (list.Equals("none", StringComparison.OrdinalIgnoreCase))
            return spec with { OwnChecks = null };
        var found = new List<string>();
        var checks = new List<OwnCheck>();
        foreach (var word in list.Split(',', StringSplitOptions.TrimEntries))
            if (Read(word, spec.Windows is not null, found) is { } check)
                checks.Add(check);
        foreach (var twice in checks.GroupBy(check => check.Name).Where(group => group.Skip(1).Any()))
            found.Add($"'{twice.Key}' is the name of {twice.Count()} checks");
        if (checks.Count > Most)
            found.Add($"{checks.Count} checks are more than {Most}");
        problems.AddRange(found.Select(problem => $"--check: {problem}."));
        return found.Count == 0 ? spec with { OwnChecks = checks } : spec;
    }

    private static OwnCheck? Read(string word, bool isWindows, List<string> problems)
    {
        var (name, path) = word.IndexOf('=') is >= 0 and var at ? (word[..at], word[(at + 1)..]) : (word, "");
        if (path.Length == 0)
            problems.Add($"'{word}' is not valid. Allowed: {Allowed}");
        else if (!NamePattern().IsMatch(name))
            problems.Add($"'{name}' is no name of a check: 1 to 40 small letters, digits and hyphens");
        else if (Taken.Contains(name))
            problems.Add($"'{name}' is one of Verify's own checks or groups; choose another name");
        else if (Directory.Exists(path))
            problems.Add($"'{path}' of '{name}' is a folder; a check is one script");
        else if (UserScripts.Read(path, path, isWindows, problems) is [var script])
        {
            if (Encoding.UTF8.GetByteCount(script.Text) <= LargestBytes)
                return new OwnCheck(name, script.Text);
            problems.Add($"the script '{path}' is larger than 64 KiB, which is the most for a check");
        }
        return null;
    }

    [GeneratedRegex("^[a-z0-9-]{1,40}$", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
