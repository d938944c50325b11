using ContainerHost.Errors;
using ContainerHost.Machines;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Hosts.Life;

/// <summary>Has hosts start with this machine, and shut down with it: by their hypervisor where it does so itself, else by a unit of systemd.</summary>
internal sealed class HostAutostart(HostServices services)
{
    /// <summary>Turns it on; <paramref name="build"/> is the script that the unit has start and stop the host. Returns what was done.</summary>
    public async Task<string> SetAsync(HostName name, string build, CancellationToken cancellationToken)
    {
        HostUnit unit;
        bool runs;
        using (var host = await LiveHost.OpenAsync(services, name, cancellationToken))
        {
            if (await host.Hypervisor.GetAutostartAsync(host.Folder, cancellationToken) is { } isOn)
            {
                if (!isOn)
                    await host.Hypervisor.SetAutostartAsync(host.Folder, true, cancellationToken);
                return $"'{name}' starts with its Hyper-V host";
            }
            if (!OperatingSystem.IsLinux() || !File.Exists(build))
                throw new ContainerHostException(
                    "have the host start with this machine",
                    OperatingSystem.IsLinux()
                        ? $"{build} is not there, which would start it"
                        : "there is no systemd here",
                    "start it by './build.sh Start' from what starts programs here.",
                    name.Value
                );
            var features = await host.Hypervisor.GetFeaturesAsync(cancellationToken);
            unit = UnitOf(name, build, TimeLimits.ShutDown * features.Patience);
            await unit.WriteAsync(cancellationToken);
            runs = host.Runs;
        }
        var problem = await unit.ReloadAsync(cancellationToken);
        return $"'{name}' starts with this machine, by {unit.File}{Remarks(problem)}{(runs ? $"; it runs by a session of yours, which may end before it: stop it, and start {unit.Name} by systemctl, to have it shut down in order from now on" : "")}";
    }

    /// <summary>Turns it off, whatever became of the host; what is so already is left so. Returns what was done.</summary>
    public async Task<string> EndAsync(HostName name, CancellationToken cancellationToken)
    {
        var folder = services.Store.FolderOf(name);
        var had = await RemoveUnitAsync(name, cancellationToken);
        if (
            services.Store.TryLoad(name)?.Spec is { } spec
            && services.HypervisorFor(spec) is var hypervisor
            && await hypervisor.GetAutostartAsync(folder, cancellationToken) == true
        )
        {
            await hypervisor.SetAutostartAsync(folder, false, cancellationToken);
            had = true;
        }
        return had
            ? $"'{name}' does not start with this machine any more"
            : $"'{name}' does not start with this machine";
    }

    /// <summary>Whether a host starts with this machine.</summary>
    public async Task<bool> IsOnAsync(HostName name, IHypervisor hypervisor, CancellationToken cancellationToken) =>
        await hypervisor.GetAutostartAsync(services.Store.FolderOf(name), cancellationToken) ?? HasUnit(name);

    /// <summary>True for a host that has a unit here.</summary>
    public bool HasUnit(HostName name) => UnitOf(name).IsOn;

    /// <summary>Takes a host's unit away; returns false when there was none.</summary>
    public async Task<bool> RemoveUnitAsync(HostName name, CancellationToken cancellationToken)
    {
        var unit = UnitOf(name);
        if (!unit.Remove())
            return false;
        await unit.ReloadAsync(cancellationToken);
        return true;
    }

    private HostUnit UnitOf(HostName name, string build = "/", TimeSpan shutDown = default) =>
        new(
            services,
            new SystemdUnit(name, services.Store.FolderOf(name).Path, build)
            {
                // They may have come from the command line or the environment, which a unit has not.
                Options =
                [
                    "--hosts-directory",
                    services.Store.HostsDirectory,
                    "--cache-directory",
                    Path.GetFullPath(services.Folders.CacheDirectory),
                ],
                Stop = shutDown + TimeLimits.BuildStart,
                IsUsers = services.SystemUnits is null,
            }
        );

    private string Remarks(string? problem) =>
        (problem is null ? "" : $"; systemd did not take it yet, and will when it starts ({problem})")
        + (
            services.SystemUnits is null
                ? $"; 'loginctl enable-linger {Environment.UserName}' has it start before that user logs in, and go on afterwards"
                : ""
        );
}
