using System.Diagnostics;
using Nuke.Common.IO;

namespace Build.Tests.Processes;

/// <summary>Tests each of which has a root directory of its own, in which a build runs as a real process: the sample one, unless another is named.</summary>
public abstract class SampleTest(string program = "Sample.dll") : IDisposable
{
    private static readonly string[] Inherited = ["PATH", "HOME", "TMPDIR", "TEMP", "SystemRoot", "USERPROFILE"];

    protected AbsolutePath Root { get; } = Create();

    protected AbsolutePath Temporary => Root / ".nuke" / "temp";

    protected string Log => File.ReadAllText(Temporary / "build.log");

    protected Dictionary<string, string> Variables { get; } = [];

    protected void Write(string file, string text) => File.WriteAllText(Root / ".nuke" / file, text);

    private protected Task<SampleRun> Run(string line, AbsolutePath? from = null) =>
        Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), from);

    private protected async Task<SampleRun> Run(IReadOnlyList<string> arguments, AbsolutePath? from = null)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, program), .. arguments])
        {
            WorkingDirectory = from ?? Root,
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

    public void Dispose()
    {
        Directory.Delete(Root, recursive: true);
        GC.SuppressFinalize(this);
    }

    private static AbsolutePath Create()
    {
        AbsolutePath root = Directory.CreateTempSubdirectory("sample-").FullName;
        Directory.CreateDirectory(root / ".nuke");
        return root;
    }
}
