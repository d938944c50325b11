using ContainerHost.Specification;

namespace ContainerHost.Verification.Checks.Windows;

/// <summary>Create, start, look inside, stop, remove; and nothing is left, not even a process.</summary>
internal static class WindowsLifeCycleCheck
{
    public static async Task<string> RunAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var word = $"containerhost-{Guid.NewGuid():N}";
        var container = WindowsContainers.Staying("verify-life", word, Isolation.Process);
        var life = new LifeCycle(context.Runtime, container);
        await life.RunAsync(["cmd", "/s", "/c", "echo inside"], cancellationToken);
        var left = await WindowsContainers.CountProcessesAsync(context, word, cancellationToken);
        Evidence.Require(left == 0, "Processes of the container are left.", $"{life.Seen}\nprocesses: {left}");
        return $"{life.Seen}\nno container and no process is left";
    }
}
