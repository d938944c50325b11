using System.Text.Json;
using ContainerHost.Guests;
using ContainerHost.Specification;

namespace ContainerHost.Runtimes.UserCommand;

/// <summary>The command <c>containerhost</c> of Linux guests, by which whoever logs in runs containers of both kinds: the scripts by which this library runs them, and a program over them.</summary>
internal sealed class GuestCommand(IGuestShell shell, HostSpec spec)
{
    private const string Installation = "Runtimes.UserCommand.install-command.py";

    private static readonly string[] Scripts =
    [
        "Runtimes.UserCommand.containerhost.py",
        "Runtimes.Containerd.namespaces.sh",
        "Runtimes.Docker.export-root.sh",
        "Runtimes.MicroVms.micro-vm.py",
        "Runtimes.MicroVms.init.sh",
    ];

    /// <summary>What it is installed from: the files of <c>/usr/local/lib/containerhost</c> by name.</summary>
    public static IReadOnlyDictionary<string, string> FilesFor(HostSpec spec)
    {
        var files = Scripts.ToDictionary(FileName, name => GuestScript.Load(name).Text, StringComparer.Ordinal);
        var settings = new
        {
            Runtime = spec.Runtime.ToString(),
            Vms = !spec.NeedsNested ? null
            : spec.Runtime == RuntimeKind.Containerd ? spec.VmIsolation.ToString()
            : nameof(VmIsolationKind.MicroVm),
        };
        files.Add("settings.json", JsonSerializer.Serialize(settings, SpecificationJson.Options) + "\n");
        return files;
    }

    /// <summary>Installs it; what is there already stays so.</summary>
    public Task InstallAsync(CancellationToken cancellationToken) =>
        shell.RunScriptAsync(
            Installation,
            "install the command 'containerhost' in the guest",
            cancellationToken,
            JsonSerializer.Serialize(FilesFor(spec))
        );

    // "Runtimes.Docker.export-root.sh" is export-root.sh.
    private static string FileName(string script) => string.Join('.', script.Split('.')[^2..]);
}
