using ContainerHost.Errors;
using ContainerHost.Guests;
using ContainerHost.Machines;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Hosts.Provisioning;

/// <summary>Runs the user's scripts in a host's guest, one after another and once each; the host knows them by name and content.</summary>
internal sealed class HostScripts(
    HostServices services,
    HostSession session,
    IHypervisor hypervisor,
    IGuestSystem system,
    bool asUser
)
{
    /// <summary>Those that are still to be run.</summary>
    public IReadOnlyList<UserScript> LeftOf(IEnumerable<UserScript> scripts) =>
        [.. scripts.Where(script => !session.Existing.HasRun(script.Mark(asUser)))];

    /// <summary>Runs scripts in their order; the first that fails ends it.</summary>
    public async Task RunAsync(
        IReadOnlyList<UserScript> scripts,
        IGuestShell shell,
        CancellationToken cancellationToken
    )
    {
        foreach (var script in scripts)
        {
            await RunAsync(script, shell, cancellationToken);
            // One that was changed since takes the place of what it was.
            var others = (session.Existing.Provisioned ?? []).Where(mark =>
                UserScript.NameIn(mark) != script.Name || UserScript.IsOfUser(mark) != asUser
            );
            var provisioned = session.Existing with { Provisioned = [.. others, script.Mark(asUser)] };
            await session.SaveAsync(provisioned, cancellationToken);
        }
    }

    private async Task RunAsync(UserScript script, IGuestShell shell, CancellationToken cancellationToken)
    {
        services.Log.Information("Provision: {Script} runs as {User}", script.Name, asUser ? system.User : "root");
        var patience = (await hypervisor.GetFeaturesAsync(cancellationToken)).Patience;
        var folder = ScriptLog.FolderOf(services.Folders, session.Name);
        using var log = new ScriptLog(services.Log, script.Name, Path.Combine(folder, $"{script.Name}.log"));
        var end = await shell.RunAsync(
            system,
            script,
            asUser,
            TimeLimits.Provisioning * patience,
            log.Tell,
            cancellationToken
        );
        if (!end.Succeeded)
            throw new ContainerHostException(
                $"run {script.Source} in the guest",
                $"{end}\n{log.Last}\nall of it: {log.Path}",
                "correct the script and run the target again: those that ended well before it are not run again.",
                session.Name.Value
            );
    }
}
