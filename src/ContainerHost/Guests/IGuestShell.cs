using System.Text;
using ContainerHost.Processes;

namespace ContainerHost.Guests;

/// <summary>A way to run commands in a guest as its administrator (root on Debian), with faithful outputs and exit codes.</summary>
internal interface IGuestShell : IAsyncDisposable
{
    /// <summary>Runs a command to its end whatever its exit code; a lost connection or a passed time limit is an error that names the command.</summary>
    Task<CommandResult> RunAsync(Command command, TimeSpan timeLimit, CancellationToken cancellationToken);

    /// <summary>The same, with standard output told line by line as it comes, or at the end where the way to the guest cannot; the result has none of it.</summary>
    async Task<CommandResult> RunAsync(
        Command command,
        TimeSpan timeLimit,
        Action<string> told,
        CancellationToken cancellationToken
    )
    {
        var result = await RunAsync(command, timeLimit, cancellationToken);
        OutputLines.Tell(new MemoryStream(Encoding.UTF8.GetBytes(result.StandardOutput)), told);
        return result with { StandardOutput = "" };
    }

    /// <summary>
    /// Runs a command until it ends, which it does when its standard input does: that is open until this is cancelled or the connection is lost, which is an error.
    /// Standard output is told line by line; where the way to the guest has no such input the command has none, and ends at once.
    /// </summary>
    Task<CommandResult> FollowAsync(Command command, Action<string> told, CancellationToken cancellationToken) =>
        RunAsync(command, Timeout.InfiniteTimeSpan, told, cancellationToken);

    /// <summary>Copies a file from here into the guest, whole or not at all, with Unix permissions such as 0644 (octal 644 as 0b110_100_100).</summary>
    Task UploadAsync(string localPath, string guestPath, UnixFileMode mode, CancellationToken cancellationToken);

    /// <summary>Has the commands that come after it see what a new log-in sees, such as another environment.</summary>
    void Renew() { }

    /// <summary>Opens a port of the guest's loopback that leads to one of this machine's; null where the way to the guest has no such thing.</summary>
    Task<GuestPort?> ForwardAsync(int port, CancellationToken cancellationToken) => Task.FromResult<GuestPort?>(null);

    /// <summary>Opens a port of this machine's loopback that leads to one of the guest's; null where the port is not to be had, or the way to the guest has no such thing.</summary>
    Task<GuestPort?> ListenAsync(int port, int guestPort, CancellationToken cancellationToken) =>
        Task.FromResult<GuestPort?>(null);
}
