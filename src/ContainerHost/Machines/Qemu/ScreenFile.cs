namespace ContainerHost.Machines.Qemu;

/// <summary>A file that QEMU writes a picture into, whoever it is; it goes with its folder when disposed.</summary>
internal sealed class ScreenFile : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("containerhost-screen-").FullName;

    public ScreenFile()
    {
        Path = System.IO.Path.Combine(_folder, $"{Guid.NewGuid():N}.ppm");
        File.Create(Path).Dispose();
        if (OperatingSystem.IsWindows() || !QemuUser.CanBecomeAnother())
            return;
        // The folder cannot be listed, and nobody guesses the name.
        const UnixFileMode pass = UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(_folder, File.GetUnixFileMode(_folder) | pass);
        const UnixFileMode write = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        File.SetUnixFileMode(Path, File.GetUnixFileMode(Path) | write);
    }

    /// <summary>The file, which is there and empty.</summary>
    public string Path { get; }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
