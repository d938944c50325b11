using System.Text;
using ContainerHost.Files;
using ContainerHost.Processes;

namespace ContainerHost.Guests.Windows;

/// <summary>Windows PowerShell behind whatever shell the SSH server starts: every command is a <see cref="PowerShellJob"/>.</summary>
internal sealed class PowerShellDialect(string uploadFolder = "/C:/Windows/Temp") : IRemoteDialect
{
    private static readonly string RunProcess = EmbeddedText.Load("Guests.Windows.run-process.ps1");
    private static readonly string PutFile = EmbeddedText.Load("Guests.Windows.put-file.ps1");

    private static readonly string Line = $"{PowerShellJob.Program} {PowerShellJob.WordsLine}";

    /// <summary>The job that a command is.</summary>
    public static PowerShellJob ToJob(Command command) =>
        GuestScript.IsPowerShell(command)
            ? new PowerShellJob(command.StandardInput, command.Arguments)
            : new PowerShellJob(RunProcess, command.Program, Quote(command.Arguments), command.StandardInput);

    public (string Line, string Input) Render(Command command) => (Line, ToJob(command).Input);

    public string NewUploadPath() => $"{uploadFolder}/upload-{Guid.NewGuid():N}";

    // Whoever may read a file on Windows is told by its folder, so the mode says nothing here.
    public Command Place(string uploaded, string path, UnixFileMode mode) =>
        new GuestScript(GuestScript.PowerShell, PutFile).ToCommand([WithDrive(uploaded), path]);

    // SFTP writes drives as folders of the root.
    private static string WithDrive(string path) => path.Length > 2 && path[2] == ':' ? path[1..] : path;

    /// <summary>Arguments as one line that programs take apart again (Microsoft's "Parsing C++ command-line arguments").</summary>
    internal static string Quote(IEnumerable<string> arguments) => string.Join(' ', arguments.Select(Quote));

    private static string Quote(string argument)
    {
        if (argument.Length > 0 && !argument.Any(c => char.IsWhiteSpace(c) || c == '"'))
            return argument;
        var quoted = new StringBuilder("\"");
        var backslashes = 0;
        foreach (var c in argument)
        {
            if (c == '\\')
            {
                backslashes++;
                continue;
            }
            // Backslashes mean themselves, except before a quote.
            quoted.Append('\\', c == '"' ? (backslashes * 2) + 1 : backslashes).Append(c);
            backslashes = 0;
        }
        return quoted.Append('\\', backslashes * 2).Append('"').ToString();
    }
}
