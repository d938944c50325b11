using ContainerHost.Files;
using ContainerHost.Prerequisites.Lists;
using ContainerHost.Processes;
using ContainerHost.Specification;

namespace ContainerHost.Prerequisites;

/// <summary>Looks whether this machine has what a host needs. It changes nothing; only the hypervisor may remember its own probe in the cache.</summary>
internal sealed class PrerequisiteChecker(IProcessRunner processes, IRequirementSource source)
{
    internal LocalMachine Machine { get; init; } = new(processes);

    /// <summary>What the medium is made with is left out for a host whose machine <paramref name="isMade"/>.</summary>
    public Task<PrerequisiteReport> CheckAsync(
        HostSpec spec,
        LocalFolders paths,
        CancellationToken cancellationToken,
        bool isMade = false
    ) =>
        RunAsync(
            [.. source.RequirementsFor(spec, paths, Machine).Where(check => !isMade || !check.IsOfMedium)],
            cancellationToken
        );

    /// <summary>Looks at what this project's own tests need beyond a host's requirements.</summary>
    public Task<PrerequisiteReport> CheckDevelopmentAsync(CancellationToken cancellationToken) =>
        RunAsync(DevelopmentPackages.Checks(Machine), cancellationToken);

    /// <summary>Looks at what folders need that a host is given.</summary>
    public Task<PrerequisiteReport> CheckMountsAsync(CancellationToken cancellationToken) =>
        RunAsync([.. MountRequirements.For(Machine)], cancellationToken);

    private async Task<PrerequisiteReport> RunAsync(
        IReadOnlyList<RequirementCheck> checks,
        CancellationToken cancellationToken
    )
    {
        var rows = await new CheckRun(checks).RunAsync(cancellationToken);
        var report = new PrerequisiteReport(rows, FixCommand: null);
        if (report.AptPackages.Count == 0)
            return report;
        var privilege = await Machine.FindPrivilegeAsync(cancellationToken);
        return report with { FixCommand = AptCommand.ForPeople(report.AptPackages, privilege, Machine) };
    }
}
