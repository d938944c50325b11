using ContainerHost.Verification.Checks.Windows;

namespace ContainerHost.Verification.Checks;

/// <summary>The checks of containers that differ by the guest, in the order of the report; their ids are the same.</summary>
internal sealed record ContainerChecks(
    ICheck Image,
    ICheck ProcessIsolation,
    ICheck VmIsolation,
    ICheck SharedFolder,
    ICheck OwnWorld,
    ICheck LifeCycle
)
{
    public static ContainerChecks OfDebian { get; } =
        new(
            new ImageCheck(),
            new ProcessIsolationCheck(),
            new VmIsolationCheck(),
            new SharedFolderCheck(),
            new OwnWorldCheck(),
            new LifeCycleCheck()
        );

    public static ContainerChecks OfWindows { get; } =
        new(
            new WindowsImageCheck(),
            new WindowsProcessIsolationCheck(),
            new WindowsVmIsolationCheck(),
            new WindowsSharedFolderCheck(),
            new WindowsWorldCheck(),
            new WindowsLifeCycleCheck()
        );
}
