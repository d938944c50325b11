using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ContainerHost.Files;

namespace ContainerHost.Processes;

/// <summary>
/// A script with its arguments for Windows PowerShell, here or in a guest. A fixed bootstrap is the only thing on the command line; script
/// and arguments travel by standard input, so nothing is quoted for any shell and no secret is ever an argument.
/// </summary>
internal sealed record PowerShellJob(string Script, params IReadOnlyList<string> Arguments)
{
    public const string Program = "powershell.exe";

    // Below the 8191 characters that cmd.exe takes, which OpenSSH starts unless told otherwise.
    private static readonly string[] Words =
    [
        "-NoLogo",
        "-NoProfile",
        "-NonInteractive",
        "-ExecutionPolicy",
        "Bypass",
        "-OutputFormat",
        "Text",
        "-EncodedCommand",
        Convert.ToBase64String(Encoding.Unicode.GetBytes(EmbeddedText.Load("Processes.bootstrap.ps1"))),
    ];

    /// <summary>The program's own arguments as one line, the same for every job.</summary>
    public static string WordsLine { get; } = string.Join(' ', Words);

    /// <summary>What goes to standard input: letters that survive any code page on the way.</summary>
    [JsonIgnore]
    public string Input =>
        Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(this, JsonSerializerOptions.Web)) + "\n";

    public Command ToCommand() => new(Program, Words) { StandardInput = Input };
}
