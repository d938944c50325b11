using System.Collections.Concurrent;
using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Hosts;
using ContainerHost.Hosts.Life;
using ContainerHost.Hosts.Templates;
using ContainerHost.Progress;
using ContainerHost.Specification;

namespace ContainerHost.Labs;

/// <summary>Works on the hosts of a lab: several at once, each when those that it needs are done; a failure stops only what depends on it.</summary>
internal sealed class LabRunner(HostServices services, Lab lab, int parallel)
{
    private readonly ConcurrentDictionary<HostName, Task<LabOutcome>> _all = new();

    /// <summary>Makes the lab what its file says; <paramref name="install"/> lets it install what this machine lacks.</summary>
    public async Task<IReadOnlyList<LabOutcome>> UpAsync(
        IReadOnlyList<LabStep> plan,
        bool install,
        CancellationToken cancellationToken
    )
    {
        var outcomes = new List<LabOutcome>();
        var failed = new Dictionary<HostName, ContainerHostException>();
        // First all that go, since what comes may have their networks and addresses.
        foreach (var gone in plan.Where(step => step.Action is LabAction.Remove or LabAction.Replace))
        {
            var outcome = await TryAsync(gone.Name, gone.Action, token => RemoveAsync(gone, token), cancellationToken);
            if (gone.Action == LabAction.Remove)
                outcomes.Add(outcome);
            else if (outcome.Failure is { } failure)
                failed[gone.Name] = failure;
        }
        var steps = plan.ToDictionary(step => step.Name);
        var holds = new List<ProcessLock>();
        try
        {
            // Once for all clones: one after another would wait for each other's boots.
            foreach (var from in FromOf(steps))
                holds.Add(await new TemplateStore(services).HoldAsync(from, cancellationToken));
            await RunAsync(
                host => steps[host.Name].Action,
                (host, token) =>
                    failed.TryGetValue(host.Name, out var failure)
                        ? Task.FromException(failure)
                        : new LabHostMaker(For(host), lab, host).MakeAsync(steps[host.Name], install, token),
                cancellationToken
            );
        }
        finally
        {
            holds.ForEach(held => held.Dispose());
        }
        return [.. await InOrderAsync(), .. outcomes];
    }

    /// <summary>Verifies each host; the outcomes' files are where Verify leaves them.</summary>
    public async Task<IReadOnlyList<(LabOutcome Outcome, VerificationOutcome? Report)>> VerifyAsync(
        CancellationToken cancellationToken
    )
    {
        new LabPlanner(services).RefuseStrangers(lab);
        var reports = new ConcurrentDictionary<HostName, VerificationOutcome>();
        await RunAsync(
            _ => LabAction.Keep,
            async (host, token) =>
            {
                using var provisioner = await Provisioner.OpenAsync(
                    For(host),
                    // Each run would make it longer.
                    host.Request.With("lifetime", null),
                    recreate: false,
                    token
                );
                var report = await provisioner.VerifyAsync(token);
                reports[host.Name] = report;
                report.ThrowIfFailed();
            },
            cancellationToken
        );
        return [.. (await InOrderAsync()).Select(outcome => (outcome, reports.GetValueOrDefault(outcome.Name)))];
    }

    /// <summary>Removes those hosts, each whatever becomes of the others.</summary>
    public async Task<IReadOnlyList<LabOutcome>> DownAsync(
        IEnumerable<LabStep> gone,
        CancellationToken cancellationToken
    )
    {
        var outcomes = new List<LabOutcome>();
        foreach (var step in gone)
            outcomes.Add(await TryAsync(step.Name, step.Action, token => RemoveAsync(step, token), cancellationToken));
        return outcomes;
    }

    private IEnumerable<HostName> FromOf(Dictionary<HostName, LabStep> steps) =>
        lab
            .Hosts.Where(host => steps[host.Name].Action is LabAction.Create or LabAction.Replace)
            .Select(host => host.From)
            .OfType<HostName>()
            .Distinct()
            .OrderBy(name => name.Value, StringComparer.Ordinal);

    private async Task RemoveAsync(LabStep step, CancellationToken cancellationToken)
    {
        await LabHostMaker.RemoveAsync(services, step, cancellationToken);
        services.Log.Information("'{Host}' is removed", step.Name);
    }

    private async Task<IReadOnlyList<LabOutcome>> InOrderAsync() =>
        await Task.WhenAll(lab.Hosts.Select(host => _all[host.Name]));

    private async Task RunAsync(
        Func<LabHost, LabAction> actionOf,
        Func<LabHost, CancellationToken, Task> work,
        CancellationToken cancellationToken
    )
    {
        using var places = new SemaphoreSlim(parallel);
        using var rows = services.Progress.Begin([.. lab.Hosts.Select(host => host.Name.Value)]);
        var begun = new TaskCompletionSource();
        foreach (var host in lab.Hosts)
            _all[host.Name] = OneAsync(host);
        begun.SetResult();
        await Task.WhenAll(_all.Values);

        async Task<LabOutcome> OneAsync(LabHost host)
        {
            // Every host has its task by then.
            await begun.Task;
            foreach (var need in host.Needs)
                if (await _all[need] is { Succeeded: false })
                {
                    rows.Set(host.Name.Value, HostPhase.NotTried);
                    return new LabOutcome(host.Name, actionOf(host), 0, null)
                    {
                        Problem = $"not tried, since it needs '{need}'",
                    };
                }
            await places.WaitAsync(cancellationToken);
            try
            {
                rows.Set(host.Name.Value, HostPhase.Running);
                var outcome = await TryAsync(host.Name, actionOf(host), token => work(host, token), cancellationToken);
                rows.Set(host.Name.Value, outcome.Succeeded ? HostPhase.Done : HostPhase.Failed);
                return outcome;
            }
            finally
            {
                places.Release();
            }
        }
    }

    private async Task<LabOutcome> TryAsync(
        HostName name,
        LabAction action,
        Func<CancellationToken, Task> work,
        CancellationToken cancellationToken
    )
    {
        var watch = services.Time.GetTimestamp();
        ContainerHostException? failure = null;
        try
        {
            await services.Progress.RunAsync(
                $"{action}".ToLowerInvariant(),
                async _ =>
                {
                    await work(cancellationToken);
                    return true;
                },
                host: name.Value
            );
        }
        catch (ContainerHostException failed)
        {
            failure = failed;
            services.Log.Error("[{Host}] failed.\n{Error}", name, failed.Message);
        }
        // Whatever one host runs into, the others are not to pay for it.
        catch (Exception failed) when (!cancellationToken.IsCancellationRequested)
        {
            failure = new ContainerHostException(
                $"work on the host of the lab '{lab.Name}'",
                failed.Message,
                failed is IOException or UnauthorizedAccessException
                    ? "see that its folder may be written to."
                    : "run the target again; where it fails again, Diagnose writes what a report of it needs.",
                name.Value,
                failed
            );
            services.Log.Error("[{Host}] failed.\n{Error}", name, failure.Message);
        }
        return new LabOutcome(name, action, (long)services.Time.GetElapsedTime(watch).TotalMilliseconds, failure);
    }

    // Several tell at once.
    private HostServices For(LabHost host) => services with { Log = PrefixSink.Over(services.Log, $"[{host.Name}] ") };
}
