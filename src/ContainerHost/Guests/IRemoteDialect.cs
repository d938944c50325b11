using ContainerHost.Processes;

namespace ContainerHost.Guests;

/// <summary>How commands are put to an SSH server: what is asked of its shell, and what goes by standard input.</summary>
internal interface IRemoteDialect
{
    /// <summary>The line for the server's shell and the text for standard input that run a command as administrator.</summary>
    (string Line, string Input) Render(Command command);

    /// <summary>The line for the server's shell that opens one of the administrator's, which reads lines; null where each command has a session of its own.</summary>
    string? Session => null;

    /// <summary>Lines for <see cref="Session"/> that run a command, and write the mark to both outputs then: to the first with the exit code behind it.</summary>
    string RenderInSession(Command command, string mark) => throw new NotSupportedException("there is no session");

    /// <summary>A name for a file on its way, as SFTP writes it.</summary>
    string NewUploadPath();

    /// <summary>Puts a file that has arrived into its place, folders included, and takes it away from where it was.</summary>
    Command Place(string uploaded, string path, UnixFileMode mode);
}
