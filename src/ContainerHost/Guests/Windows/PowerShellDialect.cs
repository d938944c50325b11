using System.Text;
using System.Text.Json;
using ContainerHost.Files;
using ContainerHost.Processes;
using ContainerHost.Specification;

namespace ContainerHost.Guests.Windows;

/// <summary>
/// Windows PowerShell behind whatever shell the SSH server starts. A fixed bootstrap is the only thing on the command line; script, arguments
/// and input travel by standard input, so nothing is quoted for any shell and no secret is ever an argument.
/// </summary>
internal sealed class PowerShellDialect(string uploadFolder = "/C:/Windows/Temp") : IRemoteDialect
{
    /// <summary>The program that Windows has, whatever its version.</summary>
    public const string Program = "powershell.exe";

    private static readonly string Bootstrap = EmbeddedText.Load("Guests.Windows.bootstrap.ps1");
    private static readonly string RunProcess = EmbeddedText.Load("Guests.Windows.run-process.ps1");
    private static readonly string PutFile = EmbeddedText.Load("Guests.Windows.put-file.ps1");

    // Below the 8191 characters that cmd.exe takes, which OpenSSH starts unless told otherwise.
    private static readonly string[] Arguments =
    [
        "-NoLogo",
        "-NoProfile",
        "-NonInteractive",
        "-ExecutionPolicy",
        "Bypass",
        "-OutputFormat",
        "Text",
        "-EncodedCommand",
        Convert.ToBase64String(Encoding.Unicode.GetBytes(Bootstrap)),
    ];

    private static readonly string Line = $"{Program} {string.Join(' ', Arguments)}";

    /// <summary>The command that runs a script in this machine's own PowerShell, in the same way.</summary>
    public static Command Local(string script, IReadOnlyList<string> words) =>
        new(Program, Arguments) { StandardInput = Encode(new Job(script, words)) };

    public (string Line, string Input) Render(Command command)
    {
        var job = GuestScript.IsPowerShell(command)
            ? new Job(command.StandardInput, command.Arguments)
            : new Job(
                RunProcess,
                [command.Program, WindowsCommandLine.Quote(command.Arguments), command.StandardInput]
            );
        return (Line, Encode(job));
    }

    public string NewUploadPath() => $"{uploadFolder}/upload-{Guid.NewGuid():N}";

    // Whoever may read a file on Windows is told by its folder, so the mode says nothing here.
    public Command Place(string uploaded, string path, UnixFileMode mode) =>
        new GuestScript(GuestScript.PowerShell, PutFile).ToCommand([WithDrive(uploaded), path]);

    // Letters that survive any code page on the way.
    private static string Encode(Job job) =>
        Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(job, SpecificationJson.Options)) + "\n";

    // SFTP writes drives as folders of the root.
    private static string WithDrive(string path) => path.Length > 2 && path[2] == ':' ? path[1..] : path;

    private sealed record Job(string Script, IReadOnlyList<string> Arguments);
}
