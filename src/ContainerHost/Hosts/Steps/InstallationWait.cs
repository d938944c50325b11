using ContainerHost.Guests;
using ContainerHost.Machines;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Hosts.Steps;

/// <summary>Waits for a guest that installs itself: it is off the network for most of the time, and reboots as it likes.</summary>
internal sealed class InstallationWait(StepContext context)
{
    // Set-up takes minutes; looking more often would show nothing new.
    private readonly Poll _poll = new(context.Services.Time) { Interval = TimeSpan.FromSeconds(5) };

    /// <summary>A shell of the guest once it answers with the key that was made for it.</summary>
    public async Task<IGuestShell> RunAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        var started = context.Services.Time.GetTimestamp();
        var name = context.Session.Name.Value;
        var wait = new Wait(
            "set-up of Windows ends and the guest reports an address",
            limit,
            "look at the console's picture in the failure bundle: set-up shows there what it dislikes."
        )
        {
            Host = name,
        };
        // By PowerShell Direct the guest is reached before it has an address, or without one.
        if (context.Spec.Windows?.Shell != GuestShellKind.Direct)
            await _poll.UntilAsync(wait, LookAsync, cancellationToken);
        var left = limit - context.Services.Time.GetElapsedTime(started);
        return await context.Connection.ConnectAsync(left, cancellationToken);
    }

    private async Task<Look<bool>> LookAsync(CancellationToken cancellationToken)
    {
        var folder = context.Session.Folder;
        var state = await context.Hypervisor.GetStateAsync(folder, cancellationToken);
        if (state != MachineState.Running)
            return Looks.NotYet<bool>($"the machine is {state}");
        return await context.Hypervisor.GetEndpointAsync(folder, cancellationToken) is null
            ? Looks.NotYet<bool>("set-up is at work; the guest has no address yet")
            : Looks.Found(true);
    }
}
