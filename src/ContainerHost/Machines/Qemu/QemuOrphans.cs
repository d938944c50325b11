using ContainerHost.Files;
using ContainerHost.Processes;
using ContainerHost.Waiting;

namespace ContainerHost.Machines.Qemu;

/// <summary>QEMU's machines whose host's folder was deleted by hand.</summary>
internal sealed class QemuOrphans(TimeProvider time) : IStrayMachines
{
    private const string Deleted = " (deleted)";

    private readonly Poll _poll = new(time) { Interval = TimeSpan.FromMilliseconds(250) };

    /// <summary>
    /// QEMU with our arguments and a mark, and the disk of a host of these folders open, of which the kernel says that it is deleted. A folder that is only not
    /// to be seen, as from another container, is not enough; nor is the look of our arguments, which machines of others on this computer have too.
    /// </summary>
    public IReadOnlyList<StrayMachine> Find(IReadOnlyCollection<string> hostsFolders)
    {
        var real = hostsFolders.Select(RealPath.Of).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. from process in Ours()
            let disk = Links(process.Id).Select(DeletedDisk).FirstOrDefault(path => path is not null)
            where disk is not null
            let folder = Path.GetDirectoryName(disk)
            where real.Contains(Path.GetDirectoryName(folder) ?? "") && !Directory.Exists(folder)
            let identity = ProcessIdentity.Find(process.Id)
            where identity is not null
            select new StrayMachine(identity, process.After("-name") ?? "", folder),
        ];
    }

    public Task EndAsync(StrayMachine machine, CancellationToken cancellationToken) =>
        QemuProcess.KillAsync(machine.Process, _poll, machine.Name, cancellationToken);

    public IEnumerable<string> OpenFiles() => Ours().SelectMany(process => Links(process.Id));

    private static IEnumerable<RunningProcess> Ours() =>
        OperatingSystem.IsLinux()
            ? RunningProcess
                .List()
                .Where(process =>
                    Path.GetFileName(process.Words[0]) == QemuArguments.Program
                    && process.After("-pidfile") == HostFolder.PidFileName
                    && Guid.TryParse(process.After("-uuid"), out _)
                )
            : [];

    private static string? DeletedDisk(string link) =>
        link.EndsWith($"/{HostFolder.DiskName}{Deleted}", StringComparison.Ordinal) ? link[..^Deleted.Length] : null;

    private static List<string> Links(int process)
    {
        try
        {
            return
            [
                .. Directory
                    .EnumerateFileSystemEntries($"/proc/{process}/fd")
                    .Select(entry => new FileInfo(entry).LinkTarget)
                    .OfType<string>(),
            ];
        }
        catch (Exception ended) when (ended is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
