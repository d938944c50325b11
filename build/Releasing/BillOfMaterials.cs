using System.Text.Json.Nodes;
using ContainerHost.Processes;

namespace Releasing;

/// <summary>Writes what a package is made of (CycloneDX 1.6), by CycloneDX's own tool, from what was restored for it.</summary>
internal sealed class BillOfMaterials(AbsolutePath root, string outputs, AbsolutePath folder, DateTimeOffset time)
{
    private readonly ProcessRunner _processes = new();

    public async Task WriteAsync(PackageProject project, string version, CancellationToken cancellationToken)
    {
        await DotnetAsync(["tool", "restore"], cancellationToken);
        var name = $"{project.Name}.{version}.cdx.json";
        await DotnetAsync(
            [
                "dotnet-CycloneDX",
                project.Path,
                "--disable-package-restore",
                "--base-intermediate-output-path",
                outputs,
                "--include-project-references",
                "--output-format",
                "Json",
                "--spec-version",
                "1.6",
                "--no-serial-number",
                "--set-name",
                project.Name,
                "--set-version",
                version,
                "--set-type",
                "Library",
                "--set-nuget-purl",
                "--output",
                folder,
                "--filename",
                name,
            ],
            cancellationToken
        );
        var text = await File.ReadAllTextAsync(folder / name, cancellationToken);
        await File.WriteAllTextAsync(folder / name, Settle(text, name, time), cancellationToken);
    }

    /// <summary>The same bill with the commit's time instead of today's; one that names nothing is an error, which the tool does not call one.</summary>
    public static string Settle(string text, string name, DateTimeOffset time)
    {
        var bill = JsonNode.Parse(text)!;
        if (bill["components"] is not JsonArray { Count: > 0 })
            throw new ReleaseException(
                $"write {name}",
                "CycloneDX found no package in it",
                "run Pack again; if it stays so, the tool's version may not know where this SDK restores to."
            );
        bill["metadata"]!["timestamp"] = $"{time.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}";
        return bill.ToJsonString(new() { WriteIndented = true }) + "\n";
    }

    private Task<CommandResult> DotnetAsync(IReadOnlyList<string> words, CancellationToken cancellationToken) =>
        _processes.RunCheckedAsync(
            new Command("dotnet", words) { WorkingDirectory = root },
            "write the bill of materials",
            "see that the package sources of this machine have the tools of .config/dotnet-tools.json.",
            cancellationToken
        );
}
