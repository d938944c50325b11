using ContainerHost.Errors;

namespace ContainerHost.Targets.Completion;

/// <summary>
/// Scripts by which shells complete what is typed behind <c>build.sh</c>. Words stand in them, and hosts are looked up as they are typed, so that no build is
/// started for it; another build's script of that name is left alone.
/// </summary>
internal static class CompletionScript
{
    private static readonly Dictionary<string, Func<CompletionWords, string>> Writers = new(
        StringComparer.OrdinalIgnoreCase
    )
    {
        ["bash"] = BashCompletion.Write,
        ["zsh"] = ZshCompletion.Write,
        ["fish"] = FishCompletion.Write,
        ["powershell"] = PowerShellCompletion.Write,
    };

    /// <summary>The shells that there are scripts for.</summary>
    public static IReadOnlyList<string> Shells => [.. Writers.Keys];

    private static string Default => OperatingSystem.IsWindows() ? "powershell" : "bash";

    /// <summary>The script for a shell; null is bash, and PowerShell on Windows.</summary>
    /// <exception cref="InvalidInputException">There is none for it.</exception>
    public static string For(string? shell, CompletionWords words) =>
        Writers.TryGetValue(shell ?? Default, out var write)
            ? write(words)
            : throw new InvalidInputException([
                $"--shell '{shell}' is not known. Allowed: {string.Join(", ", Shells)}.",
            ]);
}
