using ContainerHost.Specification;
using ContainerHost.Verification.Checks.Windows;

namespace ContainerHost.Verification.Checks;

/// <summary>Which checks a host must pass, by what was asked for; the same ids for every guest, the reboot last.</summary>
internal static class CheckList
{
    public static IReadOnlyList<ICheck> For(HostSpec spec, TimeSpan rebootLimit)
    {
        var isWindows = spec.Guest.Family == GuestFamily.WindowsServer;
        var checks = new List<ICheck> { new LoginCheck(), new AddressCheck() };
        if (spec.NeedsNested)
            checks.Add(new NestedCheck());
        if (spec.Runtime != RuntimeKind.None)
        {
            checks.Add(new RuntimeCheck());
            checks.AddRange(isWindows ? OfWindows(spec) : OfDebian(spec));
        }
        checks.Add(
            new RebootCheck(rebootLimit, isWindows ? new WindowsProcessIsolationCheck() : new ProcessIsolationCheck())
        );
        return checks;
    }

    private static IEnumerable<ICheck> OfDebian(HostSpec spec) =>
        [
            new ImageCheck(),
            new ProcessIsolationCheck(),
            .. spec.NeedsNested ? [new VmIsolationCheck()] : Array.Empty<ICheck>(),
            new SharedFolderCheck(),
            new OwnWorldCheck(),
            new LifeCycleCheck(),
        ];

    private static IEnumerable<ICheck> OfWindows(HostSpec spec) =>
        [
            new WindowsImageCheck(),
            new WindowsProcessIsolationCheck(),
            .. spec.NeedsNested ? [new WindowsVmIsolationCheck()] : Array.Empty<ICheck>(),
            new WindowsSharedFolderCheck(),
            new WindowsWorldCheck(),
            new WindowsLifeCycleCheck(),
        ];
}
