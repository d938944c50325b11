using ContainerHost.Specification;

namespace ContainerHost.Verification.Checks;

/// <summary>Which checks a host must pass, by what was asked for; the same ids for every guest, the reboot last.</summary>
internal static class CheckList
{
    public static IReadOnlyList<ICheck> For(HostSpec spec, ContainerChecks containers, TimeSpan rebootLimit) =>
        [
            new LoginCheck(),
            new AddressCheck(),
            .. If(spec.NeedsNested, new NestedCheck()),
            .. If(spec.Runtime != RuntimeKind.None, new RuntimeCheck(), containers.Image, containers.ProcessIsolation),
            .. If(spec.NeedsNested, containers.VmIsolation),
            .. If(
                spec.Runtime != RuntimeKind.None,
                containers.SharedFolder,
                containers.OwnWorld,
                containers.LifeCycle
            ),
            new RebootCheck(rebootLimit, containers.ProcessIsolation),
        ];

    private static ICheck[] If(bool wanted, params ICheck[] checks) => wanted ? checks : [];
}
