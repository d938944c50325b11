using ContainerHost.Guests;
using ContainerHost.Processes;

namespace ContainerHost.Verification.Checks;

/// <summary>Create, start, look inside, stop, remove; and nothing is left.</summary>
internal static class LifeCycleCheck
{
    private const string Name = "verify-life";

    public static async Task<string> RunAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var life = new LifeCycle(context.Runtime, ContainerScript.Of(Name, "busybox sleep 3600"));
        await life.RunAsync(["/bin/busybox", "echo", "inside"], cancellationToken);
        var left = await context.Shell.RunAsync(
            new Command("sh", "-c", "grep \"$1\" /proc/mounts; ls /run/netns 2>/dev/null | grep \"$1\"", "sh", Name),
            cancellationToken
        );
        Evidence.Require(left.StandardOutput.Length == 0, "Something of the container is left.", left.StandardOutput);
        return $"{life.Seen}\nno container, mount or network namespace is left";
    }
}
