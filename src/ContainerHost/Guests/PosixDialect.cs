using ContainerHost.Processes;

namespace ContainerHost.Guests;

/// <summary>A POSIX shell, where the user becomes root with <c>sudo -n</c>.</summary>
internal sealed class PosixDialect : IRemoteDialect
{
    public (string Line, string Input) Render(Command command) =>
        (PosixShell.Quote(["sudo", "-n", "--", command.Program, .. command.Arguments]), command.StandardInput);

    public string NewUploadPath() => $"/tmp/upload-{Guid.NewGuid():N}";

    public Command Place(string uploaded, string path, UnixFileMode mode)
    {
        string[] install = ["install", "-D", "-m", Convert.ToString((int)mode, 8), "-o", "root", uploaded, path];
        return new Command("sh", "-c", $"{PosixShell.Quote(install)} && rm -f {uploaded}");
    }
}
