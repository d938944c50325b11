using ContainerHost.Files;
using ContainerHost.Processes;

namespace ContainerHost.Tests.Guests;

/// <summary>
/// Runs a shipped script in a real PowerShell in which Windows' own commands are functions that write down how they were called. Paths of
/// Windows lie in a folder of the test.
/// </summary>
internal sealed class ScriptRun : IDisposable
{
    private readonly List<string> _functions = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("script").FullName;

    /// <summary>What the functions wrote down, a line a call.</summary>
    public IReadOnlyList<string> Calls => File.Exists(Log) ? File.ReadAllLines(Log) : [];

    private string Log => Path.Combine(Folder, "calls.log");

    /// <summary>Stands in for a command: it writes its name and words down and does what the body says.</summary>
    public ScriptRun With(string command, string body = "")
    {
        // Windows' programs have an ending; a function may have it too.
        _functions.Add(
            $"function {command} {{ [System.IO.File]::AppendAllText('{Log}', \"{command} $($args -join ' ')`n\"); {body} }}"
        );
        return this;
    }

    public async Task<CommandResult> RunAsync(string script, params IReadOnlyList<string> words)
    {
        var path = Path.Combine(Folder, Path.GetFileName(script));
        await File.WriteAllTextAsync(path, EmbeddedText.Load(script), TestContext.Current.CancellationToken);
        var prelude = Path.Combine(Folder, "prelude.ps1");
        await File.WriteAllTextAsync(
            prelude,
            $"""
            $ErrorActionPreference = 'Stop'
            $env:ProgramData = '{Folder}/ProgramData'
            $env:ProgramFiles = '{Folder}/ProgramFiles'
            $env:SystemRoot = '{Folder}/Windows'
            $env:COMPUTERNAME = 'lab1'
            $global:LASTEXITCODE = 0
            {string.Join('\n', _functions)}
            & '{path}' @args
            """,
            TestContext.Current.CancellationToken
        );
        var command = new Command(
            Path.Combine(Pwsh.Folder, "powershell.exe"),
            ["-NoLogo", "-NoProfile", "-NonInteractive", "-File", prelude, .. words]
        );
        return await new ProcessRunner().RunAsync(command, TestContext.Current.CancellationToken);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
