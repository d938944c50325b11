using ContainerHost.Files;
using ContainerHost.Hosts.Life;
using ContainerHost.Specification;

namespace ContainerHost.Hosts;

/// <summary>
/// What is done with a host that is made: on and off, its ports and folders, checkpoints, logs, its screen. Where there is none, or it was never finished, all of it fails with
/// <see cref="Errors.ContainerHostException"/>.
/// </summary>
public sealed class HostLife
{
    private readonly HostServices _services;
    private readonly HostName _name;

    internal HostLife(HostServices services, HostName name) => (_services, _name) = (services, name);

    /// <summary>Starts the host and waits until its guest answers; returns what was done, in a sentence. One that runs is left so.</summary>
    public Task<string> StartAsync(CancellationToken cancellationToken) =>
        new HostPower(_services).StartAsync(_name, cancellationToken);

    /// <summary>Shuts the host down, and turns it off where its guest does not do so in time; returns what was done. One that is off is left so.</summary>
    public Task<string> StopAsync(CancellationToken cancellationToken) =>
        new HostPower(_services).StopAsync(_name, cancellationToken);

    /// <summary>Shuts the host down and starts it again; one that is off is started. Returns what was done.</summary>
    public Task<string> RestartAsync(CancellationToken cancellationToken) =>
        new HostPower(_services).RestartAsync(_name, cancellationToken);

    /// <summary>
    /// Has the host start with this machine and shut down with it: by a unit of systemd that runs <paramref name="build"/>, the path of the build's own build.sh, or by
    /// Hyper-V, where its machine must be off for that. Returns what was done, and what is still to be done for it.
    /// </summary>
    public Task<string> AutostartAsync(string build, CancellationToken cancellationToken) =>
        new HostAutostart(_services).SetAsync(_name, build, cancellationToken);

    /// <summary>Ends that the host starts with this machine; what it does now goes on. Returns what was done; a host that is gone is no error.</summary>
    public Task<string> EndAutostartAsync(CancellationToken cancellationToken) =>
        new HostAutostart(_services).EndAsync(_name, cancellationToken);

    /// <summary>
    /// Has ports of this machine lead to the guest beside those that do, at once where the host runs; <paramref name="ports"/> is what <c>--forward</c>
    /// takes. Returns what was done; what is already so is left so.
    /// </summary>
    /// <exception cref="Errors.InvalidInputException">They are none, or cannot be had; every problem at once, nothing touched.</exception>
    public Task<string> ForwardAsync(string? ports, CancellationToken cancellationToken) =>
        new HostPorts(_services).AddAsync(_name, ports, cancellationToken);

    /// <summary>Ends that ports of this machine lead to the guest; returns what was done. Those that do not are no error.</summary>
    /// <exception cref="Errors.InvalidInputException">They are none.</exception>
    public Task<string> UnforwardAsync(string? ports, CancellationToken cancellationToken) =>
        new HostPorts(_services).RemoveAsync(_name, ports, cancellationToken);

    /// <summary>
    /// Has the guest see folders of this machine beside those that it does, at once where the host runs; <paramref name="folders"/> is what <c>--mount</c>
    /// takes. Returns what was done; what is already so is left so.
    /// </summary>
    /// <exception cref="Errors.InvalidInputException">They are none, or cannot be had; every problem at once, nothing touched.</exception>
    public Task<string> MountAsync(string? folders, CancellationToken cancellationToken) =>
        new SharedFolders(_services).AddAsync(_name, folders, cancellationToken);

    /// <summary>Takes folders of this machine from the guest, named as <c>--mount</c> takes them or by their paths there; returns what was done. Those that it does not have are no error.</summary>
    /// <exception cref="Errors.InvalidInputException">They are none.</exception>
    public Task<string> UnmountAsync(string? folders, CancellationToken cancellationToken) =>
        new SharedFolders(_services).RemoveAsync(_name, folders, cancellationToken);

    /// <summary>The host's checkpoints, oldest first.</summary>
    public Task<IReadOnlyList<CheckpointOverview>> ListCheckpointsAsync(CancellationToken cancellationToken) =>
        new HostCheckpoints(_services).ListAsync(_name, cancellationToken);

    /// <summary>Keeps the host as it is, with its memory where it runs; by default under a name made of the time.</summary>
    public Task<CheckpointOverview> CheckpointAsync(string? checkpoint, CancellationToken cancellationToken) =>
        new HostCheckpoints(_services).CreateAsync(_name, checkpoint, cancellationToken);

    /// <summary>Takes the host back to a checkpoint, the latest by default; where that has memory it runs and answers afterwards, else it is off.</summary>
    public Task<CheckpointOverview> RestoreAsync(string? checkpoint, CancellationToken cancellationToken) =>
        new HostCheckpoints(_services).RestoreAsync(_name, checkpoint, cancellationToken);

    /// <summary>Removes a checkpoint; returns false when there was none of that name.</summary>
    public Task<bool> RemoveCheckpointAsync(string checkpoint, CancellationToken cancellationToken) =>
        new HostCheckpoints(_services).RemoveAsync(_name, checkpoint, cancellationToken);

    /// <summary>The end of the log that is chosen, of <see cref="HostLog.Choices"/>; without one the ends of its console's, and of its guest's where that answers.</summary>
    /// <exception cref="Errors.ContainerHostException">The log that is chosen cannot be had.</exception>
    public Task<IReadOnlyList<HostLog>> ReadLogsAsync(string? log, CancellationToken cancellationToken) =>
        new HostLogs(_services, _name).ReadAsync(log, cancellationToken);

    /// <summary>
    /// Tells the last ten lines of a log, of <see cref="HostLog.Choices"/>, and what comes, a line at a time, until it is cancelled or the host is off or removed.
    /// Null is the serial console's.
    /// </summary>
    /// <exception cref="Errors.ContainerHostException">It cannot be followed, or the guest ended the connection and runs on.</exception>
    public Task FollowLogAsync(string? log, Action<string> told, CancellationToken cancellationToken) =>
        new HostLogs(_services, _name).FollowAsync(log ?? HostLog.Choices[0], told, cancellationToken);

    /// <summary>The lines that come onto the host's console from now on, until cancelled.</summary>
    public IAsyncEnumerable<string> WatchConsoleAsync(CancellationToken cancellationToken) =>
        new HostLogs(_services, _name).WatchAsync(cancellationToken);

    /// <summary>The report of the host's last verification, which outlives the host.</summary>
    /// <exception cref="Errors.ContainerHostException">There is none.</exception>
    public LastReport FindReport() => LastReport.Find(_services.Folders, _name);

    /// <summary>Writes what the host's screen shows to a file (PNG); returns false where it does not run, or shows nothing yet.</summary>
    public async Task<bool> CaptureScreenAsync(string path, CancellationToken cancellationToken)
    {
        var state = _services.Store.Load(_name) ?? throw HostErrors.NotCreated(_name);
        var hypervisor = _services.HypervisorFor(state.Spec);
        var picture = await hypervisor.CaptureScreenAsync(_services.Store.FolderOf(_name), cancellationToken);
        if (picture is null)
            return false;
        await AtomicFile.WriteAsync(path, picture.ToPng(), cancellationToken);
        return true;
    }
}
