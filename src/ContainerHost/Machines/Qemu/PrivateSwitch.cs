using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Machines.Qemu;

/// <summary>
/// The switch of a private network: VDE's (vde_switch(1)), a process of a user of its own, on sockets in a folder that only it may enter. QEMU connects
/// before it becomes nobody. It lives from the first machine's start to the last one's removal.
/// </summary>
internal sealed class PrivateSwitch(
    string hostsDirectory,
    HostName network,
    IProcessRunner processes,
    TimeProvider time
)
{
    public const string Program = "vde_switch";

    // A Unix socket's address has 107 bytes (unix(7)), and libvdeplug's names take up to 21: "/sock/.12345678-00000".
    private const int LongestFolder = 80;

    private readonly string _link = LinkOf(hostsDirectory, network);
    private readonly Poll _poll = new(time) { Interval = TimeSpan.FromMilliseconds(50) };

    /// <summary>The folder of its sockets as seen from a host's folder, where QEMU is started: short, whatever the path of the hosts.</summary>
    public static string SocketsFor(HostName network) => Path.Combine("..", NameOf(network), "sock");

    // Its folder is a temporary one, since the switch's user may be kept out of the hosts'.
    private static string LinkOf(string hostsDirectory, HostName network) =>
        Path.Combine(hostsDirectory, NameOf(network));

    // No host's name begins with a dot.
    private static string NameOf(HostName network) => $".{network}.network";

    /// <summary>Starts it unless it runs; machines that were connected to one that ended are without until they are started again.</summary>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        using var held = await HoldAsync(cancellationToken);
        if (Find() is not null)
            return;
        Forget();
        var folder = MakeFolder();
        File.CreateSymbolicLink(_link, folder);
        if (Encoding.UTF8.GetByteCount(folder) > LongestFolder)
            throw Failed($"{folder} is too long a path for sockets", "set TMPDIR to a folder with a shorter one.");
        await processes.RunCheckedAsync(
            Start(folder),
            $"start the switch of the private network '{network}'",
            $"see that vde-switch is installed: './build.sh CheckPrereqs --private-network {network}:ip=10.77.0.11/24 --install-prereqs'.",
            cancellationToken
        );
        var wait = new Wait(
            $"the switch of '{network}' listens",
            TimeLimits.QemuAnswer,
            "see whether vde_switch runs."
        );
        await _poll.UntilAsync(
            wait,
            () => Find() is not null ? Looks.Found(true) : Looks.NotYet<bool>("its process is not there"),
            cancellationToken
        );
    }

    /// <summary>Ends it, and removes what it had, unless a machine here is on the network still, beside one that leaves it.</summary>
    public async Task EndUnusedAsync(HostFolder? leaving, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(hostsDirectory))
            return;
        using var held = await HoldAsync(cancellationToken);
        foreach (var host in Directory.EnumerateDirectories(hostsDirectory).Where(host => host != leaving?.Path))
        {
            var other = await MachineFile.TryLoadAsync<QemuMachine>(new HostFolder(host), cancellationToken);
            if (other?.Spec.PrivateNetwork == network)
                return;
        }
        if (Find() is { } running)
            await QemuProcess.KillAsync(running, _poll, network.Value, cancellationToken);
        Forget();
    }

    private Task<ProcessLock> HoldAsync(CancellationToken cancellationToken) =>
        ProcessLock.WaitAsync(
            _link + ".lock",
            new Wait(
                $"another process lets the network '{network}' go",
                TimeLimits.QemuStart,
                "end that process if it hangs."
            ),
            _poll,
            cancellationToken
        );

    private string? FolderNow() => new FileInfo(_link).LinkTarget;

    private void Forget()
    {
        // Temporary folders go with a restart of this machine.
        if (FolderNow() is { } folder && IsOurs(folder))
            Directory.Delete(folder, recursive: true);
        File.Delete(_link);
    }

    // What is in temporary folders is cleaned up by its age in many systems, and what is in /run is not; a user's own of that kind goes with the log-in.
    private static string MakeFolder()
    {
        if (OperatingSystem.IsWindows() || !QemuUser.CanBecomeAnother() || !Directory.Exists("/run"))
            return Directory.CreateTempSubdirectory("containerhost-net-").FullName;
        var folder = Path.Combine("/run", $"containerhost-net-{Guid.NewGuid():N}"[..30]);
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return folder;
    }

    // After a restart of this machine anybody could have made a folder of that name.
    private static bool IsOurs(string folder) =>
        Directory.Exists(folder)
        && FileStatus.OwnerOf(folder) == (QemuUser.CanBecomeAnother() ? UserOf(folder) : FileStatus.CurrentUser);

    private static uint UserOf(string folder) =>
        QemuUser.NumberOf(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(folder))[..16]));

    private ProcessIdentity? Find() =>
        FolderNow() is { } folder
        && IsOurs(folder)
        && PidFileOf(folder) is var file
        && File.Exists(file)
        && int.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out var id)
        && RunningProcess.Read(id)?.After("--sock") == SocketsOf(folder)
            ? ProcessIdentity.Find(id)
            : null;

    private static string SocketsOf(string folder) => Path.Combine(folder, "sock");

    private static string PidFileOf(string folder) => Path.Combine(folder, "switch.pid");

    // Frames of guests are read by nobody who owns anything.
    private static Command Start(string folder)
    {
        string[] words =
        [
            Program,
            "--daemon",
            "--sock",
            SocketsOf(folder),
            "--pidfile",
            PidFileOf(folder),
            "--mode",
            "0600",
            // 32 by default (vde_switch(1)), and a lab has up to 100 hosts.
            "--numports",
            "256",
        ];
        if (!QemuUser.CanBecomeAnother())
            return new Command(words[0], words[1..]);
        var user = UserOf(folder);
        QemuUser.Give(folder, user);
        string[] nobody =
        [
            "--reuid",
            $"{user}",
            "--regid",
            $"{user}",
            "--clear-groups",
            "--no-new-privs",
            "--bounding-set=-all",
        ];
        return new Command("setpriv", [.. nobody, .. words]);
    }

    private ContainerHostException Failed(string saw, string @try) =>
        new($"start the switch of the private network '{network}'", saw, @try);
}
