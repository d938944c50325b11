using System.IO.Compression;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Hosts.GuestKinds;
using ContainerHost.Machines;
using ContainerHost.Prerequisites;
using ContainerHost.Specification;

namespace ContainerHost.Hosts.Diagnosing;

/// <summary>
/// What a volunteer can attach to a bug report: this machine, what CheckPrereqs finds, the hosts, what the hypervisor tells, and what running guests
/// have. It reads only; of a Hyper-V host's disk folder CheckPrereqs sees whether a file can be written and deleted there. What fails is told in place of
/// what it would have brought.
/// </summary>
internal sealed class Diagnosis(HostServices services)
{
    private static readonly JsonSerializerOptions Indented = new(SpecificationJson.Options) { WriteIndented = true };

    /// <summary>Writes the archive anew and returns the names of the files in it.</summary>
    public async Task<IReadOnlyList<string>> WriteAsync(HostSpec spec, string path, CancellationToken cancellationToken)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["about.json"] = About(spec) };
        IReadOnlyList<HostOverview> hosts = [];
        await TryAsync(
            files,
            "hosts.json",
            async () =>
            {
                hosts = await new HostLister(services).ListAsync(cancellationToken);
                files["hosts.json"] = JsonSerializer.Serialize(hosts, Indented);
            }
        );
        await TryAsync(
            files,
            "hypervisor.txt",
            async () =>
            {
                var told = await services
                    .HypervisorFor(spec)
                    .DiagnoseAsync(one => CheckAsync(one, spec, cancellationToken), cancellationToken);
                foreach (var (name, text) in told)
                    files[name] = text;
            }
        );
        foreach (var host in hosts.Where(host => host.State == HostCondition.Running))
            await TryAsync(
                files,
                $"guest-{host.Name}.txt",
                async () => files[$"guest-{host.Name}.txt"] = await AskAsync(host.Name, cancellationToken)
            );
        string?[] place = [spec.HyperV?.Computer, .. spec.HyperV?.Computer?.Split('.', 2) ?? []];
        var clean = new Scrubber([
            spec.Name.Value,
            .. place.OfType<string>(),
            .. spec.HyperV?.User?.Split('\\', '@') ?? [],
            .. hosts.Select(host => host.Name.Value),
            Environment.MachineName,
            Environment.UserName,
        ]);
        return await PackAsync(path, files, clean, cancellationToken);
    }

    private async Task<string> CheckAsync(IHypervisor hypervisor, HostSpec spec, CancellationToken cancellationToken)
    {
        var checker = new PrerequisiteChecker(services.Processes, hypervisor);
        var report = await checker.CheckAsync(spec, services.Folders, cancellationToken);
        return PrerequisiteTable.Render(report, width: null);
    }

    private async Task<string> AskAsync(HostName name, CancellationToken cancellationToken)
    {
        var guest = services.Store.Load(name)!.Spec.Guest;
        var line = GuestKind.Of(guest).System.DiagnosisLine;
        var result = await new HostShell(services, name).RunAsync(line, cancellationToken);
        return $"{guest.Title}\n{result.StandardOutput}{result.StandardError}";
    }

    private static string About(HostSpec spec) =>
        JsonSerializer.Serialize(
            new
            {
                version = typeof(Diagnosis)
                    .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
                    ?.InformationalVersion,
                runtime = RuntimeInformation.FrameworkDescription,
                system = RuntimeInformation.OSDescription,
                architecture = $"{RuntimeInformation.OSArchitecture}",
                processors = Environment.ProcessorCount,
                provider = $"{spec.Provider}",
                guest = spec.Guest.Id,
                isolation = $"{spec.Isolation}",
                runtimeOfContainers = $"{spec.Runtime}",
            },
            Indented
        );

    private static async Task TryAsync(SortedDictionary<string, string> files, string name, Func<Task> work)
    {
        try
        {
            await work();
        }
#pragma warning disable CA1031 // A part that cannot be had must not cost the others.
        catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
        {
            files[name] = failure is ContainerHostException ? failure.Message : $"{failure}";
        }
    }

    // Under its name it is whole or not there.
    private static async Task<IReadOnlyList<string>> PackAsync(
        string path,
        SortedDictionary<string, string> files,
        Scrubber clean,
        CancellationToken cancellationToken
    )
    {
        foreach (var text in files.Values)
            clean.Learn(text);
        using var content = new MemoryStream();
        await using (var zip = new ZipArchive(content, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in files)
            {
                await using var entry = await zip.CreateEntry(clean.Clean(name)).OpenAsync(cancellationToken);
                await entry.WriteAsync(Encoding.UTF8.GetBytes(clean.Clean(text)), cancellationToken);
            }
        }
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        await AtomicFile.WriteAsync(path, content.ToArray(), cancellationToken);
        return [.. files.Keys.Select(clean.Clean)];
    }
}
