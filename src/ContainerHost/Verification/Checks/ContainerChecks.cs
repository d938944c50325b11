using ContainerHost.Verification.Checks.Windows;

namespace ContainerHost.Verification.Checks;

/// <summary>The work of those checks of containers that differ by the guest; their ids are the same.</summary>
internal sealed record ContainerChecks
{
    public static ContainerChecks OfDebian { get; } =
        new()
        {
            Image = ImageCheck.RunAsync,
            ProcessIsolation = IsolationChecks.ProcessAsync,
            VmIsolation = IsolationChecks.VmAsync,
            SharedFolder = ShareFolders.CheckAsync,
            OwnWorld = OwnWorldCheck.RunAsync,
            World = "file system, processes",
            LifeCycle = Checks.LifeCycle.CheckAsync,
        };

    public static ContainerChecks OfWindows { get; } =
        new()
        {
            Image = WindowsImageCheck.RunAsync,
            ProcessIsolation = WindowsIsolationChecks.ProcessAsync,
            VmIsolation = WindowsIsolationChecks.VmAsync,
            SharedFolder = WindowsShare.CheckAsync,
            OwnWorld = WindowsWorldCheck.RunAsync,
            World = "registry, file system",
            LifeCycle = WindowsContainers.CheckLifeAsync,
        };

    public required CheckWork Image { get; init; }
    public required CheckWork ProcessIsolation { get; init; }
    public required CheckWork VmIsolation { get; init; }
    public required CheckWork SharedFolder { get; init; }
    public required CheckWork OwnWorld { get; init; }
    public required CheckWork LifeCycle { get; init; }

    /// <summary>What of a container's own world is looked at, in words.</summary>
    public required string World { get; init; }
}
