using System.Text.Json;
using System.Text.Json.Nodes;
using ContainerHost.Errors;
using Semver;

namespace Releasing;

/// <summary>Gathers the files of a release: packages, their symbols and bills of materials, Prove's reports, and the SHA-256 sums of all.</summary>
internal static class ReleaseFiles
{
    private const string Sums = "SHA256SUMS";

    private static readonly string[] Kinds = ["nupkg", "snupkg", "cdx.json"];

    /// <exception cref="ReleaseException">A package is not there, or two files would have one name.</exception>
    public static IReadOnlyList<ReleaseFile> Gather(
        AbsolutePath root,
        IReadOnlyList<PackageProject> projects,
        SemVersion version
    )
    {
        var packages = root / "artifacts" / "packages";
        var names = projects.SelectMany(project => Kinds.Select(kind => $"{project.Name}.{version}.{kind}")).ToList();
        var missing = names.Where(name => !File.Exists(packages / name)).ToList();
        if (missing.Count > 0)
            throw new ReleaseException(
                $"gather the files of {version}",
                $"{packages} lacks {string.Join(", ", missing)}",
                "give Pack a package source that has what it named, or go without these packages by --leave-out.",
                ExitCodes.PrerequisitesMissing
            );
        List<ReleaseFile> files = [.. names.Select(name => ReleaseFile.Of(packages / name)), .. Reports(root)];
        RequireNames(files);
        File.WriteAllText(packages / Sums, string.Concat(files.Select(file => $"{file.Sha256}  {file.Name}\n")));
        return [.. files, ReleaseFile.Of(packages / Sums)];
    }

    // artifacts/prove/lab/prove.json is prove-lab.json: GitHub's files have no folders.
    private static IEnumerable<ReleaseFile> Reports(AbsolutePath root)
    {
        var folder = root / "artifacts" / "prove";
        return !Directory.Exists(folder)
            ? []
            : Directory
                .EnumerateFiles(folder, "prove.*", SearchOption.AllDirectories)
                .Where(path => Path.GetExtension(path) is ".json" or ".html" or ".xml" && IsPassed(path))
                .Order(StringComparer.Ordinal)
                .Select(path => ReleaseFile.Of(path, NameOf(Path.GetRelativePath(folder, path))));
    }

    // A release is no place for a proof that failed.
    private static bool IsPassed(string report)
    {
        var told = Path.ChangeExtension(report, ".json");
        try
        {
            return File.Exists(told) && JsonNode.Parse(File.ReadAllText(told))?["passed"]?.GetValue<bool>() == true;
        }
        catch (Exception none) when (none is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    // GitHub itself renames what has other characters, after which a file would be missed under its own name.
    private static string NameOf(string path)
    {
        var parts = (Path.GetDirectoryName(path) ?? "").Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries);
        var name = string.Join('-', ["prove", .. parts]) + Path.GetExtension(path);
        return string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-'));
    }

    private static void RequireNames(IReadOnlyList<ReleaseFile> files)
    {
        var twice = files
            .GroupBy(file => file.Name, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1);
        foreach (var group in twice)
            throw new ReleaseException(
                "name the files of the release",
                $"{string.Join(" and ", group.Select(file => file.Path))} would both be {group.Key}",
                "rename the folder of one of them.",
                ExitCodes.InvalidInput
            );
    }
}
