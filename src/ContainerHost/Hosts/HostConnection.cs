using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Guests;
using ContainerHost.Machines;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Hosts;

/// <summary>Reaches the guest of a host, starting its machine when it is off.</summary>
internal sealed class HostConnection(HostServices services, HostFolder folder, Func<HostState> state)
{
    private IHypervisor Hypervisor => services.HypervisorFor(state().Spec);

    /// <summary>How long a boot may take here.</summary>
    public async Task<TimeSpan> GetBootLimitAsync(CancellationToken cancellationToken) =>
        (state().Spec.Guest.Family == GuestFamily.WindowsServer ? TimeLimits.WindowsBoot : TimeLimits.DebianBoot)
        * (await Hypervisor.GetFeaturesAsync(cancellationToken)).Patience;

    /// <summary>Starts the machine if it is off, and says how its guest is logged in to.</summary>
    public async Task<GuestAccess> GetAccessAsync(CancellationToken cancellationToken)
    {
        var host = state();
        var system = GuestSystems.For(host.Spec.Guest.Family);
        if (host.Spec.Windows?.Shell == GuestShellKind.Direct)
            return await GetDirectAsync(host, system, cancellationToken);
        var endpoint = await Hypervisor.StartAsync(folder, cancellationToken);
        var pin = host.HostPublicKey ?? throw HostErrors.NotCreated(host.Spec.Name);
        return new GuestAccess(endpoint.Address, endpoint.Port, system.User, folder.ClientKey, pin)
        {
            Family = system.Family,
        };
    }

    // Nobody waits for an address: the guest may never have one.
    private async Task<GuestAccess> GetDirectAsync(
        HostState host,
        IGuestSystem system,
        CancellationToken cancellationToken
    )
    {
        await Hypervisor.PowerOnAsync(folder, cancellationToken);
        var id =
            await Hypervisor.GetDirectIdAsync(folder, cancellationToken)
            ?? throw new ContainerHostException(
                "reach the guest by PowerShell Direct",
                "its machine is not one of Hyper-V on this machine",
                "use --guest-shell Ssh.",
                host.Spec.Name.Value
            );
        return new GuestAccess(host.Spec.Name.Value, 0, system.User, folder.ClientKey, host.HostPublicKey ?? "")
        {
            Family = system.Family,
            Direct = new DirectAccess(id, ReadPassword()),
        };
    }

    /// <summary>Starts the machine if it is off, and connects as soon as its guest answers.</summary>
    public async Task<IGuestShell> ConnectAsync(CancellationToken cancellationToken) =>
        await ConnectAsync(await GetBootLimitAsync(cancellationToken), cancellationToken);

    /// <summary>The same with a limit of the caller's, for a guest that does more than boot.</summary>
    public async Task<IGuestShell> ConnectAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        var access = await GetAccessAsync(cancellationToken);
        var name = state().Spec.Name.Value;
        var wait = new Wait(
            access.Direct is null
                ? $"the guest answers over SSH at {access.Address}:{access.Port}"
                : "the guest answers by PowerShell Direct",
            limit,
            $"read {folder.SerialLog}; './build.sh Destroy --name {name}' removes the host."
        )
        {
            Host = name,
            OnDeadline = () => SerialTail.Read(folder.SerialLog),
        };
        return await services.Guests.ConnectAsync(access, wait, cancellationToken);
    }

    /// <summary>The log-in password of the host.</summary>
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
    public async Task PowerCycleAsync(MachineChange change, CancellationToken cancellationToken)
    {
        var grace = TimeLimits.ShutDown * (await Hypervisor.GetFeaturesAsync(cancellationToken)).Patience;
        await Hypervisor.StopAsync(folder, grace, cancellationToken);
        await Hypervisor.ReconfigureAsync(folder, change, cancellationToken);
        await using var shell = await ConnectAsync(cancellationToken);
    }
}
