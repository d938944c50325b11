using ContainerHost.Processes;

namespace ContainerHost.Guests;

/// <summary>A POSIX shell, where the user becomes root with <c>sudo -n</c>.</summary>
internal sealed class PosixDialect : IRemoteDialect
{
    public (string Line, string Input) Render(Command command) =>
        (PosixShell.Quote(["sudo", "-n", "--", command.Program, .. command.Arguments]), command.StandardInput);

    public string Session => "exec sudo -n -- sh";

    // In a shell of its own, whose standard input is never the session's: the rest of that is for the session.
    public string RenderInSession(Command command, string mark)
    {
        var line = PosixShell.Quote([command.Program, .. command.Arguments]);
        var input = command.StandardInput is "" ? ":" : $"printf %s {PosixShell.Quote([command.StandardInput])}";
        return $"{input} | ( {line} )\nprintf '{mark} %d\\n' $?; printf '{mark}\\n' >&2\n";
    }

    public string NewUploadPath() => $"/tmp/upload-{Guid.NewGuid():N}";

    public Command Place(string uploaded, string path, UnixFileMode mode)
    {
        string[] install = ["install", "-D", "-m", Convert.ToString((int)mode, 8), "-o", "root", uploaded, path];
        return new Command("sh", "-c", $"{PosixShell.Quote(install)} && rm -f {uploaded}");
    }
}
