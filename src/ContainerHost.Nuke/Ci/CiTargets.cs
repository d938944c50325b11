using ContainerHost.Errors;
using Serilog;

namespace ContainerHost.Targets.Ci;

/// <summary>What the target GenerateCi does.</summary>
internal static class CiTargets
{
    private const string Attempted = "write the files of CI systems";

    public static Task RunAsync(IGenerateCi build, CancellationToken cancellationToken)
    {
        if (!File.Exists(build.RootDirectory / "global.json"))
            throw new InvalidInputException([
                "the jobs install the SDK that global.json asks for, and there is none; 'dotnet new globaljson' makes one.",
            ]);
        var files = CiFile.Of(build.CiPlan, ReadServers(build.CiSystems));
        if (!build.CiCheck)
            return WriteAsync(build.RootDirectory, files, cancellationToken);
        Check(build.RootDirectory, files);
        Log.Information("As the build writes them: {Files}", string.Join(", ", files.Select(file => file.Path)));
        return Task.CompletedTask;
    }

    /// <summary>The systems named, by name only and each once; all where none is.</summary>
    public static IReadOnlyList<CiServer> ReadServers(string? text)
    {
        var all = Enum.GetValues<CiServer>();
        if (string.IsNullOrEmpty(text))
            return all;
        var names = text.Split(',', StringSplitOptions.TrimEntries);
        var unknown = names
            .Where(name => all.All(server => !Is(server, name)))
            .Select(name => $"--ci-systems '{name}' is no CI system. It is one of {string.Join(", ", all)}.")
            .ToList();
        return unknown.Count == 0
            ? [.. all.Where(server => names.Any(name => Is(server, name)))]
            : throw new InvalidInputException(unknown);
    }

    /// <summary>Writes what differs; a file that somebody else wrote is left alone, and nothing else is written then.</summary>
    public static async Task WriteAsync(string root, IReadOnlyList<CiFile> files, CancellationToken cancellationToken)
    {
        if (files.Where(file => file.IsForeignIn(root)).Select(file => file.Path).ToList() is { Count: > 0 } foreign)
            throw new ContainerHostException(
                Attempted,
                $"somebody else wrote {string.Join(" and ", foreign)}",
                "leave that system out (--ci-systems names the others), or move the file away; both may be joined by hand then."
            );
        foreach (var file in files)
        {
            if (file.IsIn(root))
            {
                Log.Information("{File} is as it should be", file.Path);
                continue;
            }
            var path = Path.Combine(root, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, file.Text, cancellationToken);
            Log.Information("Wrote {File}", file.Path);
        }
    }

    /// <summary>Ends in an error where the repository has not what would be written.</summary>
    public static void Check(string root, IReadOnlyList<CiFile> files)
    {
        if (files.Where(file => !file.IsIn(root)).Select(file => file.Path).ToList() is { Count: > 0 } others)
            throw new ContainerHostException(
                "find the files of CI systems as the build writes them",
                $"{string.Join(" and ", others)} is not there, or another",
                "run './build.sh GenerateCi', and commit what it wrote."
            );
    }

    private static bool Is(CiServer server, string name) =>
        $"{server}".Equals(name, StringComparison.OrdinalIgnoreCase);
}
