using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Guests;
using ContainerHost.Hosts.GuestKinds;
using ContainerHost.Hosts.Mounts;
using ContainerHost.Hosts.Ports;
using ContainerHost.Hosts.Reach;
using ContainerHost.Hosts.Watching;
using ContainerHost.Machines;
using ContainerHost.Progress;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Hosts;

/// <summary>Reaches the guest of a host, starting its machine when it is off.</summary>
internal sealed class HostConnection(HostServices services, HostFolder folder, Func<HostState> state)
{
    private IHypervisor Hypervisor => services.HypervisorFor(state().Spec);

    private bool IsSetUp => state().Find(Step.CreateVm) is { IsDone: true };

    private IGuestSystem System => GuestKind.Of(state().Spec.Guest).System;

    public async Task<TimeSpan> GetBootLimitAsync(CancellationToken cancellationToken) =>
        state().Spec.Guest.Family.BootLimit * (await Hypervisor.GetFeaturesAsync(cancellationToken)).Patience;

    /// <summary>Starts the machine if it is off, and says how its guest is logged in to.</summary>
    public async Task<GuestAccess> GetAccessAsync(CancellationToken cancellationToken) =>
        state().Spec.Windows?.Shell == GuestShellKind.Direct
            ? await GetDirectAsync(cancellationToken)
            : await GetSshAsync(cancellationToken);

    /// <summary>The same for OpenSSH's client, which knows no other way.</summary>
    public async Task<SshAccess> GetSshAsync(CancellationToken cancellationToken)
    {
        var endpoint = await Hypervisor.StartAsync(folder, cancellationToken);
        await new HostForwards(services).TryApplyAsync(state().Spec, cancellationToken);
        var pin = state().HostPublicKey ?? throw HostErrors.NotCreated(state().Spec.Name);
        var access = new SshAccess(System, endpoint.Address, endpoint.Port, folder.ClientKey, pin);
        await new SshEntries(services).RefreshAsync(EntryOf(access), cancellationToken);
        return access;
    }

    /// <summary>How OpenSSH's client logs in to a guest that runs, and is left as it is.</summary>
    /// <exception cref="ContainerHostException">It is off, or has no SSH server.</exception>
    public async Task<SshEntry> FindEntryAsync(CancellationToken cancellationToken)
    {
        var name = state().Spec.Name;
        if (!IsSetUp || state().HostPublicKey is not { } pin)
            throw HostErrors.NotCreated(name);
        if (state().Spec.Windows?.Shell == GuestShellKind.Direct)
            throw new ContainerHostException(
                "reach the guest by SSH",
                "it has no SSH server: it was made with --guest-shell Direct",
                "use the target Shell; or make it anew with --guest-shell Ssh --recreate.",
                name.Value
            );
        var endpoint = await Hypervisor.GetEndpointAsync(folder, cancellationToken) ?? throw HostErrors.Off(name);
        return EntryOf(new SshAccess(System, endpoint.Address, endpoint.Port, folder.ClientKey, pin));
    }

    /// <summary>The same as OpenSSH's client takes it.</summary>
    public SshEntry EntryOf(SshAccess access) =>
        new()
        {
            Name = state().Spec.Name,
            Address = access.Address,
            Port = access.Port,
            User = access.User,
            KeyFile = folder.ClientKey,
            KnownHostsFile = folder.KnownHosts,
            HostKey = access.HostPublicKey,
        };

    // Nobody waits for an address: the guest may never have one.
    private async Task<DirectAccess> GetDirectAsync(CancellationToken cancellationToken)
    {
        await Hypervisor.PowerOnAsync(folder, cancellationToken);
        var id =
            await Hypervisor.GetDirectIdAsync(folder, cancellationToken)
            ?? throw new ContainerHostException(
                "reach the guest by PowerShell Direct",
                "its machine is not one of Hyper-V on this machine",
                "use --guest-shell Ssh.",
                state().Spec.Name.Value
            );
        return new DirectAccess(System, id, ReadPassword());
    }

    /// <summary>Starts the machine if it is off, and connects as soon as its guest answers.</summary>
    public async Task<IGuestShell> ConnectAsync(CancellationToken cancellationToken) =>
        await ConnectAsync(await GetBootLimitAsync(cancellationToken), cancellationToken);

    /// <summary>The same with a limit of the caller's, for a guest that does more than boot.</summary>
    public async Task<IGuestShell> ConnectAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            return await ReachAsync(limit, cancellationToken);
        }
        // A guest that was never set up could be left half set up by that.
        catch (GuestFailedException failed) when (failed.EndsByPowerCycle && IsSetUp)
        {
            services.Log.Warning(
                "The guest of {Host} does not come up; it is turned off and on, once. {Seen}",
                failed.Host,
                failed.Saw
            );
            await Hypervisor.StopAsync(folder, TimeSpan.Zero, cancellationToken);
            return await ReachAsync(limit, cancellationToken);
        }
    }

    private async Task<IGuestShell> ReachAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        var name = state().Spec.Name.Value;
        var watch = await GuestWatch.BeginAsync(
            Hypervisor,
            folder,
            name,
            services.Time,
            cancellationToken,
            isFirstBoot: !IsSetUp,
            limit
        );
        var access = await GetAccessAsync(cancellationToken);
        var wait = new Wait(
            access is SshAccess
                ? $"the guest answers over SSH at {access.Place}"
                : "the guest answers by PowerShell Direct",
            limit,
            $"read {folder.SerialLog}; './build.sh Destroy --name {name}' removes the host."
        )
        {
            Host = name,
            OnDeadline = () => SerialTail.Read(folder.SerialLog),
        };
        var shell = await services.Progress.RunAsync(
            watch.Ran ? "reach the guest" : "boot the guest",
            step =>
            {
                // What the console of one that ran says is of a boot that is over.
                if (!watch.Ran)
                    watch.Tells = stage => step.Detail = new StepDetail { Stage = stage };
                return watch.RunAsync(
                    token => services.Guests.ConnectAsync(access, wait, token),
                    untilAnswer: true,
                    cancellationToken
                );
            },
            watch.Ran ? null : $"{(IsSetUp ? "boot" : "first boot")} {state().Spec.Kind}"
        );
        try
        {
            if (IsSetUp)
                await MountAsync(shell, cancellationToken);
            // It has no address before its guest runs, or none at all.
            if (access is DirectAccess)
                await new HostForwards(services).TryApplyAsync(state().Spec, cancellationToken);
            return shell;
        }
        catch
        {
            await shell.DisposeAsync();
            throw;
        }
    }

    /// <summary>Has a guest that is set up see the folders of its spec; what it cannot is told.</summary>
    public async Task MountAsync(IGuestShell shell, CancellationToken cancellationToken)
    {
        if (state().Spec.Mount is not null && await FindAccessAsync(cancellationToken) is { } access)
            await new HostMounts(services).TryApplyAsync(state(), shell, EntryOf(access), cancellationToken);
    }

    /// <summary>Has a guest that runs see the folders of a spec that is not kept yet, where <paramref name="adds"/> all of them or fails, and those no more that are gone from it.</summary>
    public async Task RemountAsync(
        HostState wanted,
        IEnumerable<FolderMount> gone,
        bool adds,
        CancellationToken cancellationToken
    )
    {
        var mounts = new HostMounts(services);
        await using var shell = await ConnectAsItIsAsync(cancellationToken);
        if (shell is not null)
            await mounts.TakeAsync(wanted, gone, shell, cancellationToken);
        await mounts.EndOthersAsync(wanted, cancellationToken);
        if (shell is not null && await FindAccessAsync(cancellationToken) is { } access)
            await (
                adds
                    ? mounts.ApplyAsync(wanted, shell, EntryOf(access), cancellationToken)
                    : mounts.TryApplyAsync(wanted, shell, EntryOf(access), cancellationToken)
            );
        else if (adds)
            throw new ContainerHostException(
                "mount folders in the guest",
                "it runs, and does not answer over SSH",
                $"see './build.sh Logs --name {wanted.Spec.Name}'; of one that is off the folders are kept for later.",
                wanted.Spec.Name.Value
            );
    }

    private async Task<SshAccess?> FindAccessAsync(CancellationToken cancellationToken) =>
        state().HostPublicKey is { } pin && await Hypervisor.GetEndpointAsync(folder, cancellationToken) is { } endpoint
            ? new SshAccess(System, endpoint.Address, endpoint.Port, folder.ClientKey, pin)
            : null;

    /// <summary>Connects to a guest that runs, and neither starts nor restarts it; null where it does not run, or does not answer within moments.</summary>
    public async Task<IGuestShell?> ConnectAsItIsAsync(CancellationToken cancellationToken)
    {
        if (!IsSetUp || await FindAccessAsync(cancellationToken) is not { } access)
            return null;
        var name = state().Spec.Name.Value;
        var patience = (await Hypervisor.GetFeaturesAsync(cancellationToken)).Patience;
        var wait = new Wait("the guest answers over SSH", TimeLimits.RunningGuest * patience, "start it.")
        {
            Host = name,
        };
        try
        {
            return await services.Guests.ConnectAsync(access, wait, cancellationToken);
        }
        catch (ContainerHostException silent)
        {
            services.Log.Warning("The guest of {Host} does not answer: {Problem}", name, silent.Saw);
            return null;
        }
    }

    /// <summary>Does work in a guest that has answered, for as long as nothing shows that it failed.</summary>
    public async Task<T> WatchAsync<T>(
        Func<CancellationToken, Task<T>> work,
        CancellationToken cancellationToken,
        Action<string>? tells = null
    )
    {
        var name = state().Spec.Name.Value;
        var watch = await GuestWatch.BeginAsync(Hypervisor, folder, name, services.Time, cancellationToken);
        watch.Tells = tells;
        return await watch.RunAsync(work, untilAnswer: false, cancellationToken);
    }

    public string ReadPassword() =>
        File.Exists(folder.Password)
            ? File.ReadAllText(folder.Password).TrimEnd('\n')
            : throw new ContainerHostException(
                "read the host's password",
                $"{folder.Password} is not there",
                "make the host anew with --recreate.",
                state().Spec.Name.Value
            );

    /// <summary>Shuts the guest down, changes its machine while it is off, and starts it again.</summary>
    public async Task PowerCycleAsync(MachineSize size, CancellationToken cancellationToken)
    {
        var grace = TimeLimits.ShutDown * (await Hypervisor.GetFeaturesAsync(cancellationToken)).Patience;
        await Hypervisor.StopAsync(folder, grace, cancellationToken);
        await Hypervisor.ReconfigureAsync(folder, size, cancellationToken);
        await using var shell = await ConnectAsync(cancellationToken);
    }
}
