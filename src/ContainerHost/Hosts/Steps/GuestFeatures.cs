using ContainerHost.Errors;
using ContainerHost.Guests;
using ContainerHost.Waiting;

namespace ContainerHost.Hosts.Steps;

/// <summary>The features of a guest's own system that containers need.</summary>
internal sealed class GuestFeatures(StepContext context)
{
    // Hyper-V itself reboots once more while its features settle.
    private const int MostReboots = 3;

    /// <summary>Turns them on, with a reboot where they take one; asks again afterwards, until nothing is due. Returns a shell of the guest.</summary>
    public async Task<IGuestShell> PrepareAsync(CancellationToken cancellationToken)
    {
        var shell = await context.Connection.ConnectAsync(cancellationToken);
        try
        {
            await GuestClock.CorrectAsync(context, shell, cancellationToken);
            return await PrepareAsync(shell, cancellationToken);
        }
        catch
        {
            await shell.DisposeAsync();
            throw;
        }
    }

    private async Task<IGuestShell> PrepareAsync(IGuestShell shell, CancellationToken cancellationToken)
    {
        for (var reboots = 0; ; reboots++)
        {
            if (!await context.System.PrepareForContainersAsync(shell, context.Spec.NeedsNested, cancellationToken))
                return shell;
            if (reboots == MostReboots)
                throw new ContainerHostException(
                    "turn on the guest's container features",
                    $"it wants to reboot again after {reboots} reboots",
                    "look at the guest with the target Shell.",
                    context.Session.Name.Value
                );
            context.Services.Log.Information("The guest reboots, as its new features ask for");
            var limit = await context.Connection.GetBootLimitAsync(cancellationToken);
            var wait = new Wait("the guest is back after its reboot", limit, "look at its console.")
            {
                Host = context.Session.Name.Value,
            };
            shell = await GuestReboot.RunAsync(
                context.System,
                shell,
                context.Connection.ConnectAsync,
                wait,
                new Poll(context.Services.Time),
                cancellationToken
            );
        }
    }
}
