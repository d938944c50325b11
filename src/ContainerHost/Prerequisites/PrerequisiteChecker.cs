using ContainerHost.Machines;
using ContainerHost.Machines.HyperV;
using ContainerHost.Prerequisites.Apt;
using ContainerHost.Prerequisites.HyperV;
using ContainerHost.Prerequisites.Qemu;
using ContainerHost.Processes;
using ContainerHost.Specification;

namespace ContainerHost.Prerequisites;

/// <summary>Looks whether this machine has what a host needs. It changes nothing; only the hypervisor may remember its own probe in the cache.</summary>
public sealed class PrerequisiteChecker(IProcessRunner processes, IHypervisor hypervisor)
{
    internal LocalMachine Machine { get; init; } = new();

    /// <summary>Looks at everything that a host with that spec needs.</summary>
    public Task<PrerequisiteReport> CheckAsync(
        HostSpec spec,
        PrerequisitePaths paths,
        CancellationToken cancellationToken
    ) => RunAsync(ListFor(spec, paths), cancellationToken);

    /// <summary>Looks at what this project's own tests need beyond a host's requirements.</summary>
    public Task<PrerequisiteReport> CheckDevelopmentAsync(CancellationToken cancellationToken) =>
        RunAsync(DevelopmentPackages.Checks(processes, Machine), cancellationToken);

    // Each hypervisor has a list of its own.
    private IReadOnlyList<RequirementCheck> ListFor(HostSpec spec, PrerequisitePaths paths) =>
        hypervisor is HyperVHypervisor hyperV
            ? new HyperVRequirements(processes, hyperV.Inspector, Machine).For(spec, paths)
            : new QemuRequirements(processes, hypervisor, Machine).For(spec, paths);

    private async Task<PrerequisiteReport> RunAsync(
        IReadOnlyList<RequirementCheck> checks,
        CancellationToken cancellationToken
    )
    {
        var rows = await new CheckRun(checks).RunAsync(cancellationToken);
        var packages = PrerequisiteReport.PackagesOf(rows);
        if (packages.Count == 0)
            return new PrerequisiteReport(rows, FixCommand: null);
        var privilege = await new Privileges(processes).FindAsync(cancellationToken);
        return new PrerequisiteReport(rows, AptCommand.ForPeople(packages, privilege, Machine));
    }
}
