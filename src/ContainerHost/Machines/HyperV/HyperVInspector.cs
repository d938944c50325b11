using ContainerHost.Machines.HyperV.Cim;
using ContainerHost.Specification;

namespace ContainerHost.Machines.HyperV;

/// <summary>Looks at a Hyper-V host and changes nothing: what prerequisites are checked by.</summary>
internal sealed class HyperVInspector(HyperVHost host, HyperVSpec options)
{
    /// <summary>The host as people call it.</summary>
    public string Host => host.Space.Host;

    public Task<WindowsFacts> FactsAsync(CancellationToken cancellationToken) =>
        host.Windows.ReadAsync(cancellationToken);

    /// <summary>The state of Hyper-V's service; null when the role is not installed.</summary>
    public Task<string?> ServiceAsync(CancellationToken cancellationToken) =>
        host.Windows.ServiceStateAsync("vmms", cancellationToken);

    /// <summary>True when this user sees Hyper-V's service: to others the namespace is there and empty.</summary>
    public async Task<bool> IsAdministratorAsync(CancellationToken cancellationToken)
    {
        var services = await host.Space.QueryAsync(
            WqlQuery.From("Msvm_VirtualSystemManagementService"),
            cancellationToken
        );
        return services.Count > 0;
    }

    /// <summary>The newest configuration version that this host gives new machines; null when it tells of none.</summary>
    public async Task<Version?> ConfigurationVersionAsync(CancellationToken cancellationToken)
    {
        var service = await host.OnlyAsync("Msvm_VirtualSystemManagementService", cancellationToken);
        var versions = new List<Version>();
        foreach (
            var capability in await RelatedAsync(
                service,
                "Msvm_ElementCapabilities",
                "Msvm_VirtualSystemManagementCapabilities"
            )
        )
        {
            var settings = await RelatedAsync(
                capability,
                "Msvm_SettingsDefineCapabilities",
                "Msvm_VirtualSystemSettingData"
            );
            versions.AddRange(
                settings
                    .Select(one => Version.TryParse(one.Text("Version"), out var known) ? known : null)
                    .OfType<Version>()
            );
        }
        return versions.Max();

        Task<IReadOnlyList<CimObject>> RelatedAsync(CimObject from, string association, string to) =>
            host.Space.AssociatorsAsync(from.Stored, association, to, cancellationToken);
    }

    /// <summary>The switch that a machine will be on, for people; an error where there is none and none was to be made.</summary>
    public async Task<string> SwitchAsync(CancellationToken cancellationToken)
    {
        var switches = new VirtualSwitches(host);
        if (options.CreateSwitchOn is { } adapter && !await switches.CanChooseAsync(options.Switch, cancellationToken))
            return $"none yet: CreateVm makes one on '{adapter}', and the host's network blinks";
        return (await switches.ChooseAsync(options.Switch, cancellationToken)).ToString();
    }

    /// <summary>The folder of the disks and what is free there; null where that cannot be told, as on a remote host.</summary>
    public async Task<(string Folder, ByteSize? Free)> DisksAsync(CancellationToken cancellationToken)
    {
        var paths = await host.PathsAsync(cancellationToken);
        return (
            paths.DiskFolder,
            await host.Files.FreeSpaceAsync(paths.DiskFolder, cancellationToken) is { } free ? new ByteSize(free) : null
        );
    }

    /// <summary>The marks of the machines of that name; null for one that is not ours.</summary>
    public Task<IReadOnlyList<Guid?>> MarksOfAsync(HostName name, CancellationToken cancellationToken) =>
        new VirtualMachines(host).MarksOfAsync(name.Value, cancellationToken);
}
