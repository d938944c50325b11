using ContainerHost.Guests;
using ContainerHost.Processes;

namespace ContainerHost.Runtimes.Packages;

/// <summary>What dpkg says is installed in a guest.</summary>
internal static class InstalledPackages
{
    /// <summary>Those of the names that are installed whole, with their versions.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> VersionsAsync(
        IGuestShell shell,
        IEnumerable<string> names,
        CancellationToken cancellationToken
    )
    {
        const string format = "${Package} ${Version} ${db:Status-Status}\\n";
        // Its exit code only says that one is unknown.
        var query = new Command("dpkg-query", ["--show", "--showformat", format, .. names]);
        return (await shell.RunAsync(query, cancellationToken))
            .StandardOutput.Split('\n')
            .Select(line => line.Split(' '))
            .Where(words => words is [_, _, "installed"])
            // Of a package for several architectures there is a row for each.
            .DistinctBy(words => words[0])
            .ToDictionary(words => words[0], words => words[1], StringComparer.Ordinal);
    }
}
