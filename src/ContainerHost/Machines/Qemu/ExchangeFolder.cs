namespace ContainerHost.Machines.Qemu;

/// <summary>A folder in which one machine's QEMU makes files and sockets, whoever it is, and nobody else does; it goes with what is in it when disposed.</summary>
internal sealed class ExchangeFolder : IDisposable
{
    // A Unix socket's address has 107 bytes (unix(7)), and a name of ours takes 21.
    private const int LongestFolder = 80;

    private readonly Guid _machine;
    private readonly string _folder;

    public ExchangeFolder(Guid machine)
    {
        _machine = machine;
        _folder = Directory.CreateTempSubdirectory("containerhost-").FullName;
        if (!OperatingSystem.IsWindows() && _folder.Length > LongestFolder && Directory.Exists("/tmp"))
        {
            Directory.Delete(_folder);
            _folder = Path.Combine("/tmp", $"containerhost-{Guid.NewGuid():N}");
            Directory.CreateDirectory(
                _folder,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
        }
        Give(_folder);
    }

    /// <summary>A path in it where nothing is yet.</summary>
    public string NewPath(string ending) => Path.Combine(_folder, $"{Guid.NewGuid():N}"[..16] + ending);

    /// <summary>Makes a file or socket in it QEMU's own.</summary>
    public void Give(string path)
    {
        if (QemuUser.CanBecomeAnother())
            QemuUser.Give(path, QemuUser.NumberOf(_machine));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
