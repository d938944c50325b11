using ContainerHost.Errors;
using ContainerHost.Waiting;

namespace ContainerHost.Guests;

/// <summary>Reboots guests, known by another boot id afterwards: a connection that is lost or made says nothing.</summary>
internal static class GuestReboot
{
    public static async Task<IGuestShell> RunAsync(
        IGuestSystem system,
        IGuestShell shell,
        Func<CancellationToken, Task<IGuestShell>> connect,
        Wait wait,
        Poll poll,
        CancellationToken cancellationToken
    )
    {
        var before = await system.GetBootIdAsync(shell, cancellationToken);
        await system.RequestRebootAsync(shell, cancellationToken);
        await shell.DisposeAsync();
        return await poll.UntilAsync(wait, token => LookAsync(system, before, connect, token), cancellationToken);
    }

    private static async Task<Look<IGuestShell>> LookAsync(
        IGuestSystem system,
        string before,
        Func<CancellationToken, Task<IGuestShell>> connect,
        CancellationToken cancellationToken
    )
    {
        IGuestShell? shell = null;
        try
        {
            shell = await connect(cancellationToken);
            if (await system.GetBootIdAsync(shell, cancellationToken) == before)
                return Looks.NotYet<IGuestShell>("it still answers from the old boot");
            var found = Looks.Found(shell);
            shell = null;
            return found;
        }
        // What this machine lacks, such as room on its disk, no wait for the guest brings.
        catch (ContainerHostException exception)
            when (exception is not (GuestFailedException or PrerequisitesMissingException))
        {
            return Looks.NotYet<IGuestShell>(exception.Saw);
        }
        finally
        {
            if (shell is not null)
                await shell.DisposeAsync();
        }
    }
}
