using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Waiting;

namespace ContainerHost.Machines;

/// <summary>
/// Starts a machine from its installation medium: Windows' loader asks for a key for about five seconds, soon after the power came, and boots
/// the disk when none comes, which is what later boots want. The disk is empty at the first boot, so a key too many does no harm, while the
/// prompt cannot be told from a firmware's logo in time: keys are pressed blindly from the moment of the start, as Packer's boot_command does.
/// </summary>
internal sealed class InstallationBoot(IHypervisor hypervisor, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // What the loader prints, in English on every medium; firmware that has its console on the serial line writes it there, which ends the wait.
    private const string Prompt = "Press any key";

    /// <summary>Turns the machine on and answers its loader; returns how often a key was pressed.</summary>
    public async Task<int> RunAsync(HostFolder folder, CancellationToken cancellationToken)
    {
        // All that takes time comes before the start.
        var patience = (await hypervisor.GetFeaturesAsync(cancellationToken)).Patience;
        var press = await hypervisor.FindKeyAsync(folder, cancellationToken);
        var start = hypervisor.PowerOnAsync(folder, cancellationToken);
        var limit = TimeLimits.LoaderPrompt * patience;
        try
        {
            return await PressAsync(folder, press, start, limit, cancellationToken);
        }
        finally
        {
            // Nothing of it goes on behind who undoes.
            await start.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<int> PressAsync(
        HostFolder folder,
        Func<CancellationToken, Task> press,
        Task start,
        TimeSpan limit,
        CancellationToken cancellationToken
    )
    {
        // The time counts from the first key that was taken, since a busy host may be long at the start itself.
        long? on = null;
        var (pressed, isAsked) = (0, false);
        while (!start.IsFaulted && !start.IsCanceled && (on is not { } since || time.GetElapsedTime(since) < limit))
        {
            try
            {
                await press(cancellationToken);
                pressed++;
                on ??= time.GetTimestamp();
            }
            catch (ContainerHostException)
            {
                // It is not on yet, or takes no keys at all.
                if (start.IsCompleted)
                    on ??= time.GetTimestamp();
            }
            if (!isAsked && (isAsked = Asks(folder.SerialLog)))
                (on, limit) = (time.GetTimestamp(), TimeLimits.LoaderAnswer);
            await Task.Delay(Pause, time, cancellationToken);
        }
        await start;
        return pressed;
    }

    private static bool Asks(string serialLog)
    {
        try
        {
            return ConsoleLog.End(serialLog).Contains(Prompt, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
