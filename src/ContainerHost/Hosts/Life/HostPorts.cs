using ContainerHost.Errors;
using ContainerHost.Hosts.Ports;
using ContainerHost.Specification;

namespace ContainerHost.Hosts.Life;

/// <summary>Gives ports of this machine to a host that is made and takes them away, at once where it runs. Each returns a sentence on what was done.</summary>
internal sealed class HostPorts(HostServices services)
{
    /// <summary>Adds ports to those that the host has.</summary>
    public async Task<string> AddAsync(HostName name, string? ports, CancellationToken cancellationToken)
    {
        var added = Need(ports, "like 8080:80");
        using var host = await LiveHost.OpenAsync(services, name, cancellationToken);
        IReadOnlyList<PortForward> has = host.Session.Existing.Spec.Forward?.All ?? [];
        var clashes = added
            .Where(one => !has.Contains(one) && has.Any(one.Overlaps))
            .Select(one =>
                $"--forward '{one}' is not possible: the host has {has.First(one.Overlaps)}; Unforward takes it away."
            )
            .ToList();
        return clashes.Count > 0
            ? throw new InvalidInputException(clashes)
            : await SetAsync(host, PortForwards.Of([.. has.Union(added)]), cancellationToken);
    }

    /// <summary>Takes ports away; those that it does not have are no error.</summary>
    public async Task<string> RemoveAsync(HostName name, string? ports, CancellationToken cancellationToken)
    {
        var had = services.Store.TryLoad(name)?.Spec.Forward;
        var removed = Need(ports, had is null ? "and the host has none" : $"of those that the host has: {had}");
        using var host = await LiveHost.OpenAsync(services, name, cancellationToken);
        IReadOnlyList<PortForward> has = host.Session.Existing.Spec.Forward?.All ?? [];
        foreach (var one in removed.Except(has))
            services.Log.Warning("{Forward} did not lead to '{Host}'", one, name);
        var spec = host.Session.Existing.Spec with { Forward = PortForwards.Of([.. has.Except(removed)]) };
        var forwards = new HostForwards(services);
        // What stays may be lost, and nobody's to give just now: that keeps none from being taken away.
        await forwards.EndOthersAsync(spec, cancellationToken);
        if (host.Runs)
            await forwards.TryApplyAsync(spec, cancellationToken);
        return await KeepAsync(host, spec, cancellationToken);
    }

    /// <summary>Gives a host exactly those.</summary>
    public async Task<string> SetAsync(HostName name, PortForwards? ports, CancellationToken cancellationToken)
    {
        using var host = await LiveHost.OpenAsync(services, name, cancellationToken);
        return await SetAsync(host, ports, cancellationToken);
    }

    private async Task<string> SetAsync(LiveHost host, PortForwards? ports, CancellationToken cancellationToken)
    {
        var spec = host.Session.Existing.Spec with { Forward = ports };
        var refused = Specification.Parameters.HostParameters.Find("forward").Check(spec).ToList();
        if (refused.Count > 0)
            throw new InvalidInputException(refused);
        var forwards = new HostForwards(services);
        await forwards.RequireFreeAsync(spec, cancellationToken);
        if (host.Runs)
            await forwards.ApplyAsync(spec, cancellationToken);
        return await KeepAsync(host, spec, cancellationToken);
    }

    private static async Task<string> KeepAsync(LiveHost host, HostSpec spec, CancellationToken cancellationToken)
    {
        await host.Session.SaveAsync(host.Session.Existing with { Spec = spec }, cancellationToken);
        return spec.Forward is not { } ports ? $"no port leads to '{host.Name}' but that of its SSH server"
            : host.Runs ? $"to '{host.Name}' lead {ports}"
            : $"to '{host.Name}', which is off, will lead {ports} once it runs";
    }

    private static IReadOnlyList<PortForward> Need(string? ports, string which)
    {
        var problems = new List<string>();
        var read = ports is null ? null : PortForwards.Read(ports, problems);
        if (problems.Count > 0)
            throw new InvalidInputException(problems);
        return read?.All ?? throw new InvalidInputException([$"--forward must say which ports, {which}."]);
    }
}
