using ContainerHost.Processes;

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

    /// <summary>The version as QEMU tells it, such as 7.2.22; empty when it tells none.</summary>
    public static async Task<string> GetVersionAsync(IProcessRunner processes, CancellationToken cancellationToken)
    {
        var told = await processes.RunAsync(new Command(QemuArguments.Program, "--version"), cancellationToken);
        // "QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18)"
        return told.StandardOutput.Split(' ').ElementAtOrDefault(3) ?? "";
    }
}
