using ContainerHost.Errors;
using ContainerHost.Hosts.Templates;
using ContainerHost.Specification;

namespace ContainerHost.Hosts.Life;

/// <summary>Hosts and templates whose lifetime has ended: whatever became of the run that made them, a later one removes them.</summary>
internal sealed class Leases(HostServices services)
{
    private readonly TemplateStore _templates = new(services);

    /// <summary>Those whose lifetime has ended; hosts first, since a template stays while clones of it are there.</summary>
    public IReadOnlyList<EndedLease> Ended() =>
        [.. In(services.Store, isTemplate: false), .. In(_templates.Services.Store, isTemplate: true)];

    /// <summary>Removes them, and tells it; what another run works on, or what cannot be removed, stays for a later one.</summary>
    public async Task RemoveAsync(HostName? but, CancellationToken cancellationToken)
    {
        foreach (var ended in Ended().Where(ended => ended.IsTemplate || ended.Name != but))
        {
            if (await TryRemoveAsync(ended, cancellationToken) is { } problem)
                services.Log.Warning("The lifetime of {Host} has ended, and it stays: {Problem}", $"{ended}", problem);
            else
                services.Log.Information("{Host} is removed: its lifetime ended {At:u}", $"{ended}", ended.EndedAt);
        }
    }

    /// <summary>Gives a host that is there another lifetime from now on; one that another run works on is left to it.</summary>
    public async Task RenewAsync(HostName name, string lifetime, CancellationToken cancellationToken)
    {
        if (services.Store.TryLoad(name) is null || !Lifetime.TryParse(lifetime, out var time))
            return;
        try
        {
            using var session = new HostSession(services.Store, name, services.Time, services.Log);
            if (session.State is { } state)
                await session.SaveAsync(state with { ExpiresAt = services.Time.GetUtcNow() + time }, cancellationToken);
        }
        catch (HostBusyException busy)
        {
            services.Log.Warning("The lifetime of '{Host}' stays as it was: {Problem}", name, busy.Saw);
        }
    }

    /// <summary>Removes one; null, or why it stays.</summary>
    public async Task<string?> TryRemoveAsync(EndedLease ended, CancellationToken cancellationToken)
    {
        try
        {
            // It may have been given a new lifetime, or been made anew, since it was looked at.
            bool IsStill(HostState? host) =>
                host?.InstanceId == ended.Mark && host.ExpiresAt <= services.Time.GetUtcNow();
            if (ended.IsTemplate)
                await _templates.RemoveAsync(ended.Name, cancellationToken, IsStill);
            else
                await new HostRemover(services).RemoveAsync(ended.Name, cancellationToken, IsStill);
            return null;
        }
        catch (ContainerHostException refused)
        {
            return refused.Saw;
        }
        catch (Exception refused)
            when (refused is IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
        {
            return refused.Message;
        }
    }

    private IEnumerable<EndedLease> In(HostStore store, bool isTemplate)
    {
        var now = services.Time.GetUtcNow();
        foreach (var name in store.List())
            if (store.TryLoad(name) is { ExpiresAt: { } end } host && end <= now)
                yield return new EndedLease(name, isTemplate, store.FolderOf(name).Path, end, host.InstanceId);
    }
}
