using System.Diagnostics;
using Nuke.Common.IO;

namespace Build.Tests.Processes;

/// <summary>A root directory of its own for one test, in which a build runs as a real process: the sample one, unless another is named.</summary>
internal sealed class SampleRoot(string program = "Sample.dll") : IDisposable
{
    private static readonly string[] Inherited = ["PATH", "HOME", "TMPDIR", "TEMP", "SystemRoot", "USERPROFILE"];

    public AbsolutePath Directory { get; } = Create();

    public AbsolutePath Temporary => Directory / ".nuke" / "temp";

    public string Log => File.ReadAllText(Temporary / "build.log");

    public Dictionary<string, string> Variables { get; } = [];

    public void Write(string file, string text) => File.WriteAllText(Directory / ".nuke" / file, text);

    public Task<SampleRun> Run(string line, AbsolutePath? from = null) =>
        Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), from);

    public async Task<SampleRun> Run(string[] arguments, AbsolutePath? from = null)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, program), .. arguments])
        {
            WorkingDirectory = from ?? Directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        // The variables of whatever runs these tests are no part of them.
        foreach (var name in start.Environment.Keys.Except(Inherited, StringComparer.OrdinalIgnoreCase).ToList())
        {
            if (!name.StartsWith("DOTNET_", StringComparison.Ordinal))
                start.Environment.Remove(name);
        }
        foreach (var (name, value) in Variables)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new SampleRun(process.ExitCode, await output, await error);
    }

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);

    private static AbsolutePath Create()
    {
        AbsolutePath root = System.IO.Directory.CreateTempSubdirectory("sample-").FullName;
        System.IO.Directory.CreateDirectory(root / ".nuke");
        return root;
    }
}
