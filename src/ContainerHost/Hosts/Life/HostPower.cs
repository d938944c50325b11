using ContainerHost.Files;
using ContainerHost.Hosts.Mounts;
using ContainerHost.Hosts.Ports;
using ContainerHost.Hosts.Steps;
using ContainerHost.Machines;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Hosts.Life;

/// <summary>Turns hosts on and off for people; what is already so is left so. Each returns a sentence on what was done.</summary>
internal sealed class HostPower(HostServices services)
{
    /// <summary>Starts the host's machine, and waits until its guest answers.</summary>
    public async Task<string> StartAsync(HostName name, CancellationToken cancellationToken)
    {
        using var host = await LiveHost.OpenAsync(services, name, cancellationToken);
        var (forwards, spec) = (new HostForwards(services), host.Session.Existing.Spec);
        if (host.Runs)
        {
            await forwards.TryApplyAsync(spec, cancellationToken);
            return $"'{name}' runs already";
        }
        await forwards.RequireFreeAsync(spec, cancellationToken);
        return await StartAsync(host, cancellationToken);
    }

    /// <summary>Shuts the guest down, and turns the machine off where it does not do so in time.</summary>
    public async Task<string> StopAsync(HostName name, CancellationToken cancellationToken)
    {
        using var host = await LiveHost.OpenAsync(services, name, cancellationToken);
        if (host.Runs)
            return await StopAsync(host, cancellationToken);
        // One that went off by itself may have left some.
        var nothing = host.Session.Existing.Spec with
        {
            Forward = null,
        };
        await new HostForwards(services).EndOthersAsync(nothing, cancellationToken);
        return $"'{name}' is off already";
    }

    /// <summary>Both; a host that is off is started.</summary>
    public async Task<string> RestartAsync(HostName name, CancellationToken cancellationToken)
    {
        using var host = await LiveHost.OpenAsync(services, name, cancellationToken);
        // While its own ports are its own: what it is refused must not turn it off.
        await new HostForwards(services).RequireFreeAsync(host.Session.Existing.Spec, cancellationToken);
        if (host.Runs)
            services.Log.Information("{Note}", await StopAsync(host, cancellationToken));
        return await StartAsync(host, cancellationToken);
    }

    private static async Task<string> StartAsync(LiveHost host, CancellationToken cancellationToken)
    {
        await host.AnswerAsync(cancellationToken);
        return $"'{host.Name}' runs, reached at {await host.Hypervisor.GetEndpointAsync(host.Folder, cancellationToken)}";
    }

    private Task<string> StopAsync(LiveHost host, CancellationToken cancellationToken) =>
        services.Progress.RunAsync("shut the guest down", _ => EndAsync(host, cancellationToken));

    private async Task<string> EndAsync(LiveHost host, CancellationToken cancellationToken)
    {
        var patience = (await host.Hypervisor.GetFeaturesAsync(cancellationToken)).Patience;
        var grace = TimeLimits.ShutDown * patience;
        var hasShutDown = await host.Hypervisor.StopAsync(host.Folder, grace, cancellationToken);
        await new HostMounts(services).EndAllAsync(host.Session.Existing, cancellationToken);
        return hasShutDown
            ? $"'{host.Name}' has shut down"
            : $"'{host.Name}' did not shut down within {grace.TotalSeconds:0} s, and is turned off";
    }
}
