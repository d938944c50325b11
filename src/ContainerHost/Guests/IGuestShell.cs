using ContainerHost.Processes;

namespace ContainerHost.Guests;

/// <summary>A way to run commands in a guest as its administrator (root on Debian), with faithful outputs and exit codes.</summary>
internal interface IGuestShell : IAsyncDisposable
{
    /// <summary>Runs a command to its end whatever its exit code; a lost connection or a passed time limit is an error that names the command.</summary>
    Task<CommandResult> RunAsync(Command command, TimeSpan timeLimit, CancellationToken cancellationToken);

    /// <summary>Copies a file from here into the guest, whole or not at all, with Unix permissions such as 0644 (octal 644 as 0b110_100_100).</summary>
    Task UploadAsync(string localPath, string guestPath, UnixFileMode mode, CancellationToken cancellationToken);

    /// <summary>Has the commands that come after it see what a new log-in sees, such as another environment.</summary>
    void Renew() { }

    /// <summary>Opens a port of the guest's loopback that leads to one of this machine's; null where the way to the guest has no such thing.</summary>
    Task<GuestPort?> ForwardAsync(int port, CancellationToken cancellationToken) => Task.FromResult<GuestPort?>(null);
}
