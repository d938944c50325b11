using ContainerHost.Guests;
using ContainerHost.Processes;

namespace ContainerHost.Tests.Hosts.Copying;

/// <summary>This machine in the place of a Linux guest: its commands run here, and the connection breaks when a test says so.</summary>
internal sealed class LocalGuest : IGuestShell
{
    /// <summary>After how many commands the connection breaks; never by default.</summary>
    public int? BreaksAfter { get; set; }

    /// <summary>The commands by their first word.</summary>
    public List<string> Actions { get; } = [];

    public Task<CommandResult> RunAsync(Command command, TimeSpan timeLimit, CancellationToken cancellationToken)
    {
        if (BreaksAfter is { } left && (BreaksAfter = left - 1) < 0)
            throw new IOException("the connection broke");
        Actions.Add(command.Arguments[1]);
        return new ProcessRunner().RunAsync(command, cancellationToken);
    }

    public Task UploadAsync(
        string localPath,
        string guestPath,
        UnixFileMode mode,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
