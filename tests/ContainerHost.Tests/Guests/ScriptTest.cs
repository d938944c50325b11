using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ContainerHost.Files;
using ContainerHost.Processes;
using ContainerHost.Tests.Programs;

namespace ContainerHost.Tests.Guests;

/// <summary>
/// Tests of shipped scripts in a real PowerShell in which Windows' own commands are functions that write down how they were called. Paths of
/// Windows lie in the folder of the test.
/// </summary>
public abstract class ScriptTest(string area = "") : FolderTest
{
    private readonly List<string> _functions = [];

    /// <summary>What the functions wrote down, a line a call.</summary>
    protected IReadOnlyList<string> Calls => File.Exists(Log) ? File.ReadAllLines(Log) : [];

    private string Log => In("calls.log");

    protected IEnumerable<string> CallsOf(string command) =>
        Calls.Where(call => call.StartsWith(command, StringComparison.Ordinal));

    /// <summary>Stands in for a command: it writes its name and words down and does what the body says.</summary>
    internal ScriptTest With(string command, string body = "")
    {
        // Windows' programs have an ending; a function may have it too.
        _functions.Add(
            $"function {command} {{ [System.IO.File]::AppendAllText('{Log}', \"{command} $(($args -join ' ') -replace '\\s+', ' ')`n\"); {body} }}"
        );
        return this;
    }

    /// <summary>The same of a command that answers with an object.</summary>
    internal ScriptTest WithObject(string command, string properties) =>
        With(command, $"[PSCustomObject]@{{ {properties} }}");

    /// <summary>Stands in for commands that do nothing but write themselves down.</summary>
    internal ScriptTest WithAll(params IReadOnlyList<string> commands)
    {
        foreach (var command in commands)
            With(command);
        return this;
    }

    /// <summary>Runs a script that must succeed.</summary>
    protected async Task<string> OkAsync(string script, params IReadOnlyList<string> words)
    {
        var result = await RunAsync(script, words);
        result.ExitCode.ShouldBe(0, result.StandardError);
        return result.StandardOutput;
    }

    /// <summary>Runs a script that must succeed, and reads the JSON that it answers.</summary>
    protected async Task<JsonNode> AnswerAsync(string script, params IReadOnlyList<string> words) =>
        JsonNode.Parse(await OkAsync(script, words))!;

    /// <summary>Runs a script that must fail with that error, or succeed and say what is right where there is none.</summary>
    protected async Task ExpectAsync(string script, string right, string? error) =>
        (error is null ? await OkAsync(script) : await FailAsync(script)).ShouldContain(error ?? right);

    /// <summary>Runs a script that must fail, and returns what it says of that.</summary>
    protected async Task<string> FailAsync(string script, params IReadOnlyList<string> words)
    {
        var result = await RunAsync(script, words);
        result.ExitCode.ShouldNotBe(0);
        // PowerShell breaks errors into lines of the console's width.
        return Regex.Replace(result.StandardError, @"\s*\n\s*\|?\s*", " ");
    }

    private async Task<CommandResult> RunAsync(string script, IReadOnlyList<string> words)
    {
        var result = await RunScriptAsync(script, words);
        foreach (var call in Calls)
            ProgramFacts.CheckCall(call);
        return result;
    }

    private Task<CommandResult> RunScriptAsync(string script, IReadOnlyList<string> words)
    {
        var path = Put(script, EmbeddedText.Load(area + script));
        var prelude = Put(
            "prelude.ps1",
            $"""
            $ErrorActionPreference = 'Stop'
            $env:ProgramData = '{Folder}/ProgramData'
            $env:ProgramFiles = '{Folder}/ProgramFiles'
            $env:SystemRoot = '{Folder}/Windows'
            $env:COMPUTERNAME = 'lab1'
            $global:LASTEXITCODE = 0
            {string.Join('\n', _functions)}
            & '{path}' @args
            """
        );
        var program = Path.Combine(Pwsh.Folder, "powershell.exe");
        var command = new Command(program, ["-NoLogo", "-NoProfile", "-NonInteractive", "-File", prelude, .. words]);
        return new ProcessRunner().RunAsync(command, Token);
    }
}
