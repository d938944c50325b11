using ContainerHost.Specification;

namespace ContainerHost.Verification.Checks.Windows;

/// <summary>Whether a container runs on the guest's kernel: whether that kernel has its processes.</summary>
internal static class KernelProbe
{
    public static async Task<int> CountAsync(
        CheckContext context,
        string name,
        Isolation isolation,
        CancellationToken cancellationToken
    )
    {
        var word = $"containerhost-{Guid.NewGuid():N}";
        await context.Runtime.CreateAsync(WindowsContainers.Staying(name, word, isolation), cancellationToken);
        try
        {
            await context.Runtime.StartAsync(name, cancellationToken);
            return await WindowsContainers.CountProcessesAsync(context, word, cancellationToken);
        }
        finally
        {
            await context.Runtime.RemoveAsync(name, CancellationToken.None);
        }
    }
}
