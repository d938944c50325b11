using ContainerHost.Verification.Checks.Windows;
using Work = System.Func<
    ContainerHost.Verification.Checks.CheckContext,
    System.Threading.CancellationToken,
    System.Threading.Tasks.Task<string>
>;

namespace ContainerHost.Verification.Checks;

/// <summary>The work of those checks of containers that differ by the guest; their ids are the same.</summary>
internal sealed record ContainerChecks
{
    public static ContainerChecks OfDebian { get; } =
        new()
        {
            Image = ImageCheck.RunAsync,
            ProcessIsolation = ProcessIsolationCheck.RunAsync,
            VmIsolation = VmIsolationCheck.RunAsync,
            SharedFolder = ShareFolders.CheckAsync,
            OwnWorld = OwnWorldCheck.RunAsync,
            World = "file system, processes",
            LifeCycle = LifeCycleCheck.RunAsync,
        };

    public static ContainerChecks OfWindows { get; } =
        new()
        {
            Image = WindowsImageCheck.RunAsync,
            ProcessIsolation = WindowsProcessIsolationCheck.RunAsync,
            VmIsolation = WindowsVmIsolationCheck.RunAsync,
            SharedFolder = WindowsShare.CheckAsync,
            OwnWorld = WindowsWorldCheck.RunAsync,
            World = "registry, file system",
            LifeCycle = WindowsLifeCycleCheck.RunAsync,
        };

    public required Work Image { get; init; }

    public required Work ProcessIsolation { get; init; }

    public required Work VmIsolation { get; init; }

    public required Work SharedFolder { get; init; }

    public required Work OwnWorld { get; init; }

    /// <summary>What of a container's own world is looked at, in words.</summary>
    public required string World { get; init; }

    public required Work LifeCycle { get; init; }
}
