using System.Text.Json;
using ContainerHost.Files;
using ContainerHost.Processes;
using ContainerHost.Specification;

namespace ContainerHost.Machines.Qemu;

/// <summary>Remembers the accelerator's verdict together with all that it depends on, so that it is asked for once and never out of date.</summary>
internal sealed class ProbeCache(string cacheDirectory, IProcessRunner processes)
{
    private readonly string _path = Path.Combine(cacheDirectory, "accelerator.json");

    public async Task<AcceleratorProbe.Verdict> GetAsync(CancellationToken cancellationToken)
    {
        var dependsOn = DependsOn();
        if (Read() is { } known && known.DependsOn == dependsOn)
            return known.Verdict;
        var proved = await new AcceleratorProbe(processes).RunAsync(cancellationToken);
        var verdict = proved with { Version = await GetVersionAsync(cancellationToken) };
        var entry = JsonSerializer.Serialize(new Entry(dependsOn, verdict), SpecificationJson.Options);
        await AtomicFile.WriteTextAsync(_path, entry, cancellationToken);
        return verdict;
    }

    private Entry? Read()
    {
        try
        {
            return File.Exists(_path)
                ? JsonSerializer.Deserialize<Entry>(File.ReadAllText(_path), SpecificationJson.Options)
                : null;
        }
        catch (JsonException)
        {
            return null; // A damaged cache is no cache.
        }
    }

    // QEMU's binary, the boot of this kernel (modules and their parameters change with it at the latest), and the device with its rights.
    private static string DependsOn() =>
        string.Join(
            '|',
            Binary(),
            Read("/proc/sys/kernel/random/boot_id"),
            AcceleratorProbe.ReadNested(),
            KvmAccess(),
            Environment.UserName
        );

    // The first on the PATH, with its size and time.
    private static string Binary()
    {
        var file = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Select(folder => new FileInfo(Path.Combine(folder, QemuArguments.Program)))
            .FirstOrDefault(candidate => candidate.Exists);
        return file is null ? "none" : $"{file.FullName}:{file.Length}:{file.LastWriteTimeUtc.Ticks}";
    }

    // Empty when QEMU tells none.
    private async Task<string> GetVersionAsync(CancellationToken cancellationToken)
    {
        var told = await processes.RunAsync(new Command(QemuArguments.Program, "--version"), cancellationToken);
        // "QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18)"
        return told.StandardOutput.Split(' ').ElementAtOrDefault(3) ?? "";
    }

    private static string KvmAccess()
    {
        try
        {
            using var device = new FileStream("/dev/kvm", FileMode.Open, FileAccess.ReadWrite);
            return "kvm";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.GetType().Name;
        }
    }

    private static string Read(string path) => File.Exists(path) ? File.ReadAllText(path).Trim() : "";

    private sealed record Entry(string DependsOn, AcceleratorProbe.Verdict Verdict);
}
