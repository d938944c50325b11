using ContainerHost.Guests;
using ContainerHost.Progress;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Hosts.Steps;

/// <summary>Waits until a machine's guest is set up, and leaves nothing of its answers behind that it does not need.</summary>
internal sealed class SetUp(StepContext context)
{
    private HostSession Session => context.Session;

    /// <summary>Returns a line that says where the guest is, and how to log in.</summary>
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        await using var shell = await WaitAsync(cancellationToken);
        var note = $"the guest is set up {await JoinAsync(shell, cancellationToken)}";
        // InstallContainers does it for every host that has a runtime to come.
        if (context.Spec.Runtime == RuntimeKind.None)
            await LockAsync(cancellationToken);
        return note;
    }

    /// <summary>Starts the machine where it is off; returns a shell of the guest, which is set up.</summary>
    public async Task<IGuestShell> WaitAsync(CancellationToken cancellationToken)
    {
        var shell = await ReachAsync(cancellationToken);
        try
        {
            await WaitAsync(shell, cancellationToken);
            return shell;
        }
        catch
        {
            await shell.DisposeAsync();
            throw;
        }
    }

    /// <summary>Keeps where a guest is that is set up, which is asked for unless given, and puts it on its private network, with its folders; returns words that say so.</summary>
    public async Task<string> JoinAsync(IGuestShell shell, CancellationToken cancellationToken, string? address = null)
    {
        address ??= await context.System.GetAddressesAsync(shell, cancellationToken) is [var first, ..] ? first : null;
        var endpoint = await context.Hypervisor.GetEndpointAsync(Session.Folder, cancellationToken);
        await Session.SaveAsync(Session.Existing with { Address = address }, cancellationToken);
        await new PrivateNetworkHosts(context.Services).JoinAsync(Session.Existing, shell, cancellationToken);
        await context.Connection.MountAsync(shell, cancellationToken);
        return $"at {address ?? "(no address)"}, reached at {endpoint}; log in as {context.System.User}, password in {Session.Folder.Password}";
    }

    private async Task WaitAsync(IGuestShell shell, CancellationToken cancellationToken)
    {
        var limit = await context.Connection.GetBootLimitAsync(cancellationToken);
        var told = await context.Services.Progress.RunAsync(
            "wait until the guest is set up",
            step =>
                context.Connection.WatchAsync(
                    token => context.System.WaitForSetUpAsync(shell, Session.Name.Value, limit, token),
                    cancellationToken,
                    stage => step.Detail = new StepDetail { Stage = stage }
                ),
            $"set-up {context.Spec.Kind}"
        );
        if (told is { } remarks)
            context.Services.Log.Warning("CreateVm: the guest is set up, but told:\n{Remarks}", remarks);
        if (context.Spec.DataDisk is not null)
            context.Services.Log.Information(
                "CreateVm: {DataDisk}",
                await DataDisks.MountAsync(context.System, shell, cancellationToken)
            );
        if (context.Spec.Guest.Family.AnswersAreSecret)
            await ForgetAnswersAsync(shell, cancellationToken);
    }

    private async Task<IGuestShell> ReachAsync(CancellationToken cancellationToken)
    {
        var machine = await context.Hypervisor.GetSpecAsync(Session.Folder, cancellationToken);
        if (machine is not { Boot.SetsUp: not null, HasMedia: true })
            return await context.Connection.ConnectAsync(cancellationToken);
        var patience = (await context.Hypervisor.GetFeaturesAsync(cancellationToken)).Patience;
        return await context.Services.Progress.RunAsync(
            "wait until Windows is installed",
            _ => new InstallationWait(context).RunAsync(TimeLimits.Installation * patience, cancellationToken),
            $"installation {context.Spec.Kind}"
        );
    }

    private async Task ForgetAnswersAsync(IGuestShell shell, CancellationToken cancellationToken)
    {
        await context.Hypervisor.RemoveMediaAsync(Session.Folder, cancellationToken);
        File.Delete(Session.Folder.Seed);
        await context.System.ForgetAnswersAsync(shell, Session.Name.Value, cancellationToken);
    }

    private async Task LockAsync(CancellationToken cancellationToken)
    {
        context.Locked?.Require(Session.Existing);
        var machine = await context.Hypervisor.GetSpecAsync(Session.Folder, cancellationToken);
        await LockFile.WriteAsync(Session.Folder, machine!.Boot, Session.Existing, cancellationToken);
    }
}
