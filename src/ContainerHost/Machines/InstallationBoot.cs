using ContainerHost.Files;
using ContainerHost.Machines.Screens;
using ContainerHost.Waiting;

namespace ContainerHost.Machines;

/// <summary>
/// Starts a machine from its installation medium: Windows' loader asks for a key, and boots the disk instead when none comes, which is what
/// later boots want. A key is pressed only while the screen asks.
/// </summary>
internal sealed class InstallationBoot(IHypervisor hypervisor, Poll poll)
{
    /// <summary>Turns the machine on and answers its loader; returns how often a key was pressed, 0 for a medium that does not ask.</summary>
    public async Task<int> RunAsync(HostFolder folder, string host, CancellationToken cancellationToken)
    {
        await hypervisor.PowerOnAsync(folder, cancellationToken);
        var patience = (await hypervisor.GetFeaturesAsync(cancellationToken)).Patience;
        var pressed = 0;
        var limit = TimeLimits.LoaderPrompt * patience;
        var wait = new Wait("the medium's loader asks for a key", limit, "look at the console.", host);
        try
        {
            return await poll.UntilAsync(wait, LookAsync, cancellationToken);
        }
        catch (Errors.DeadlineException)
        {
            // A medium that does not ask is fine; one that hangs is found by who waits for the guest.
            return pressed;
        }

        async Task<Look<int>> LookAsync(CancellationToken token)
        {
            var picture = await hypervisor.CaptureScreenAsync(folder, token);
            var kind = picture is null ? ScreenKind.Blank : LoaderPrompt.Look(picture);
            if (kind == ScreenKind.Prompt)
            {
                await hypervisor.PressKeyAsync(folder, token);
                pressed++;
                return Looks.NotYet<int>("it asks, and a key was pressed");
            }
            return pressed > 0 ? Looks.Found(pressed) : Looks.NotYet<int>($"the screen is {kind}");
        }
    }
}
