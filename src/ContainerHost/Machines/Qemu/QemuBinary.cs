namespace ContainerHost.Machines.Qemu;

/// <summary>Finds QEMU on the PATH.</summary>
internal static class QemuBinary
{
    /// <summary>The binary with its size and time, or "none".</summary>
    public static string Identify()
    {
        var file = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Select(folder => new FileInfo(Path.Combine(folder, QemuArguments.Program)))
            .FirstOrDefault(candidate => candidate.Exists);
        return file is null ? "none" : $"{file.FullName}:{file.Length}:{file.LastWriteTimeUtc.Ticks}";
    }
}
