using ContainerHost.Errors;
using Serilog;

namespace ContainerHost.Hosts.Steps;

/// <summary>Work that makes a machine and boots its guest for the first time.</summary>
internal static class FirstBoot
{
    /// <summary>Does it, and does it anew, once, where the guest's kernel failed: under emulation kernels do now and then. The work undoes itself when it fails.</summary>
    public static async Task<T> RunAsync<T>(Func<Task<T>> work, ILogger log)
    {
        try
        {
            return await work();
        }
        // Unlike one that was set up before, it could be left half set up by going on.
        catch (GuestFailedException failed) when (failed.EndsByPowerCycle)
        {
            log.Warning(
                "The new guest of {Host} does not come up; its machine is made anew, once. {Seen}",
                failed.Host,
                failed.Saw
            );
            return await work();
        }
    }
}
