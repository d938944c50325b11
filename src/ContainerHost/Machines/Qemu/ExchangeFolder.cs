namespace ContainerHost.Machines.Qemu;

/// <summary>A folder in which QEMU makes files and sockets, whoever it is; it goes with what is in it when disposed.</summary>
internal sealed class ExchangeFolder : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("containerhost-").FullName;

    public ExchangeFolder()
    {
        if (OperatingSystem.IsWindows() || !QemuUser.CanBecomeAnother())
            return;
        // Nobody else can list it, and nobody guesses a name in it.
        const UnixFileMode make =
            UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(_folder, File.GetUnixFileMode(_folder) | make);
    }

    /// <summary>A path in it where nothing is yet.</summary>
    public string NewPath(string ending) => Path.Combine(_folder, $"{Guid.NewGuid():N}{ending}");

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
