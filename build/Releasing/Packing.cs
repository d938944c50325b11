using System.Xml.Linq;
using ContainerHost.Errors;
using ContainerHost.Processes;
using Serilog;

namespace Releasing;

/// <summary>Packs the packages of a commit, so that another run makes the same bytes of it.</summary>
internal sealed class Packing(AbsolutePath root, AbsolutePath packages, GitRepository git)
{
    // NuGet: no such package, no such version, or no source that has it.
    private static readonly string[] NotThere = ["NU1100", "NU1101", "NU1102"];

    private readonly ProcessRunner _processes = new();

    // Away from the folders that the running build and editors compile into.
    private AbsolutePath Outputs => root / "artifacts" / "pack";

    /// <summary>Packs what can be packed, and tells what had to be left out.</summary>
    public async Task<IReadOnlyList<PackageProject>> RunAsync(
        IReadOnlyList<PackageProject> projects,
        CancellationToken cancellationToken
    )
    {
        foreach (var folder in new[] { packages, Outputs }.Where(folder => Directory.Exists(folder)))
            Directory.Delete(folder, recursive: true);
        var time = await git.CommitTimeAsync(cancellationToken);
        var bills = new BillOfMaterials(root, Outputs, packages, DateTimeOffset.FromUnixTimeSeconds(long.Parse(time)));
        var leftOut = new List<PackageProject>();
        foreach (var project in projects)
        {
            if (await RestoreAsync(project, cancellationToken))
            {
                await PackAsync(project, time, cancellationToken);
                await bills.WriteAsync(project, ReleasedVersion.Of(root).ToString(), cancellationToken);
                Log.Information("{Package} is packed", project.Name);
            }
            else
            {
                leftOut.Add(project);
            }
        }
        return leftOut;
    }

    /// <summary>The version of its engine that a package is for.</summary>
    public string? VersionOf(PackageProject project) =>
        XDocument
            .Load(root / "Directory.Packages.props")
            .Descendants("PackageVersion")
            .Where(one => (string?)one.Attribute("Include") == project.EnginePackage)
            .Select(one => (string?)one.Attribute("Version"))
            .FirstOrDefault();

    // False where its engine is not to be had; any other failure is an error.
    private async Task<bool> RestoreAsync(PackageProject project, CancellationToken cancellationToken)
    {
        var command = Dotnet("restore", project);
        var restored = await _processes.RunAsync(command, cancellationToken);
        var told = restored.StandardOutput + restored.StandardError;
        if (restored.Succeeded)
            return true;
        var lines = told.Split('\n');
        if (
            project.EnginePackage is { } engine
            && lines.Any(line =>
                NotThere.Any(line.Contains) && line.Contains(engine, StringComparison.OrdinalIgnoreCase)
            )
        )
            return false;
        throw new ReleaseException(
            $"restore {project.Name}",
            $"exit code {restored.ExitCode} from: {command}\n{told.Trim()}",
            "see that the package sources of this machine ('dotnet nuget list source') have what is named.",
            ExitCodes.PrerequisitesMissing
        );
    }

    private Task<CommandResult> PackAsync(PackageProject project, string time, CancellationToken cancellationToken) =>
        _processes.RunCheckedAsync(
            Dotnet(
                "pack",
                project,
                "--no-restore",
                "--configuration",
                "Release",
                "--output",
                packages,
                // No path of this machine, and no time of today.
                "-p:ContinuousIntegrationBuild=true",
                $"-p:DeterministicTimestamp={time}",
                "-p:UseSharedCompilation=false",
                "-nodeReuse:false"
            ),
            $"pack {project.Name}",
            "correct what the output names.",
            cancellationToken,
            onLine: line => Log.Debug("{Line}", line)
        );

    private Command Dotnet(string verb, PackageProject project, params string[] words) =>
        new(
            "dotnet",
            [
                verb,
                project.Path,
                "--nologo",
                "--verbosity",
                "quiet",
                "--artifacts-path",
                Outputs,
                .. project.Engine is { } engine ? [$"-p:BuildEngine={engine}"] : Array.Empty<string>(),
                .. words,
            ]
        )
        {
            WorkingDirectory = root,
        };
}
