using System.Text.Json;
using ContainerHost.Files;
using ContainerHost.Processes;
using ContainerHost.Specification;

namespace ContainerHost.Machines.Qemu;

/// <summary>Remembers the accelerator's verdict together with all that it depends on, so that it is asked for once and never out of date.</summary>
internal sealed class ProbeCache(string cacheDirectory, IProcessRunner processes)
{
    private readonly string _path = Path.Combine(cacheDirectory, "accelerator.json");

    public async Task<AcceleratorVerdict> GetAsync(CancellationToken cancellationToken)
    {
        var dependsOn = DependsOn();
        if (Read() is { } known && known.DependsOn == dependsOn)
            return known.Verdict;
        var verdict = await new AcceleratorProbe(processes).RunAsync(cancellationToken);
        verdict = verdict with { Version = await QemuBinary.GetVersionAsync(processes, cancellationToken) };
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
            QemuBinary.Identify(),
            Read("/proc/sys/kernel/random/boot_id"),
            NestedModule.Read(),
            KvmAccess(),
            Environment.UserName
        );

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

    private sealed record Entry(string DependsOn, AcceleratorVerdict Verdict);
}
