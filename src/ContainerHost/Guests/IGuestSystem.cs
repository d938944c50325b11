using ContainerHost.Processes;
using ContainerHost.Specification;

namespace ContainerHost.Guests;

/// <summary>What is asked of a guest's operating system beside containers; one implementation a family.</summary>
internal interface IGuestSystem
{
    string User { get; }

    IRemoteDialect Dialect { get; }

    /// <summary>The command that has the guest's own shell run a line, as the target Shell does.</summary>
    Command ShellLine(string line);

    /// <summary>The folder in the guest that scripts of the user's are put into, with its separator at the end.</summary>
    string ScriptFolder { get; }

    /// <summary>The command that runs such a script as a user of the guest; standard error may tell the line that it failed at, as <c>CODE line LINE</c>.</summary>
    Command RunScript(string path, string user);

    /// <summary>A line for its shell that shows what a bug report wants to know of it, and changes nothing.</summary>
    string DiagnosisLine { get; }

    /// <summary>Its logs that tell how it came up and how its containers fare.</summary>
    IReadOnlyList<GuestLog> Logs { get; }

    /// <summary>Waits until the guest has set itself up; an error of its own ends the wait with what it logged. Returns what went wrong and did no harm.</summary>
    Task<string?> WaitForSetUpAsync(
        IGuestShell shell,
        string host,
        TimeSpan limit,
        CancellationToken cancellationToken
    );

    /// <summary>Removes what is left of the answers in a guest that needs them no more, and proves that nothing of them is left.</summary>
    Task ForgetAnswersAsync(IGuestShell shell, string host, CancellationToken cancellationToken);

    /// <summary>The guest's IPv4 addresses, loopback and link-local (169.254/16) ones left out.</summary>
    Task<IReadOnlyList<string>> GetAddressesAsync(IGuestShell shell, CancellationToken cancellationToken);

    /// <summary>The established connections to the guest's SSH server, a line each, with its own end as <c>address:22</c>.</summary>
    Task<string> GetConnectionsAsync(IGuestShell shell, CancellationToken cancellationToken);

    /// <summary>By how much the guest's clock was ahead of a time when the guest looked at it; behind where that is negative.</summary>
    Task<TimeSpan> TellClockAsync(IGuestShell shell, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Sets the guest's clock on by so much, or back; on Linux to the nearest second.</summary>
    Task MoveClockAsync(IGuestShell shell, TimeSpan by, CancellationToken cancellationToken);

    /// <summary>What is to be known of the guest's licence, such as the days that an evaluation has left; empty where there is nothing.</summary>
    Task<string> DescribeLicenseAsync(IGuestShell shell, CancellationToken cancellationToken) => Task.FromResult("");

    /// <summary>The kernel's boot id: another after each boot.</summary>
    Task<string> GetBootIdAsync(IGuestShell shell, CancellationToken cancellationToken);

    /// <summary>Proves from inside that virtual machines can run in the guest, and returns the evidence; else the error has the reason.</summary>
    Task<string> ProveNestedAsync(IGuestShell shell, CancellationToken cancellationToken);

    /// <summary>Turns on what the system itself needs for containers; true when that takes a reboot first, after which it is asked again.</summary>
    Task<bool> PrepareForContainersAsync(IGuestShell shell, bool vmIsolation, CancellationToken cancellationToken);

    /// <summary>Makes a proxy and authorities the guest's own, for whoever logs in, for the runtimes and where they can for containers.</summary>
    Task HandOverAsync(IGuestShell shell, HandedNetwork network, CancellationToken cancellationToken);

    /// <summary>The socket of a container engine that SSH can forward; null where it has none.</summary>
    EngineSocket? SocketOf(RuntimeKind runtime);

    /// <summary>Lets whoever logs in use the engine without becoming administrator, as he may.</summary>
    Task OpenEngineAsync(IGuestShell shell, EngineSocket socket, CancellationToken cancellationToken);

    /// <summary>The script that reads and writes files of the guest in parts; null where nothing does that yet.</summary>
    string? FilesScript { get; }

    /// <summary>The script that prepares and ends mounts of this machine's folders; null where nothing does that yet.</summary>
    string? MountScript { get; }

    /// <summary>Has the system's own file system take all of a disk that has grown, and returns what it has now, in a line.</summary>
    Task<string> GrowFileSystemAsync(IGuestShell shell, CancellationToken cancellationToken);

    /// <summary>
    /// The script that mounts the disk for data at /data for good, formats it where it is empty, has its file system take all of it, and tells what that has; it is given the
    /// disk's serial number and its place on the SCSI controller. Null where nothing does that yet.
    /// </summary>
    string? DataDiskScript => null;

    /// <summary>Asks the guest to reboot, and returns before it does.</summary>
    Task RequestRebootAsync(IGuestShell shell, CancellationToken cancellationToken);
}
