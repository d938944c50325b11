using ContainerHost.Errors;

namespace ContainerHost.Prerequisites;

/// <summary>One run over a list of requirements: each is looked at once, and not at all when one it depends on is missing.</summary>
internal sealed class CheckRun(IReadOnlyList<RequirementCheck> checks)
{
    private readonly Dictionary<string, PrerequisiteRow> _rows = [];

    public async Task<IReadOnlyList<PrerequisiteRow>> RunAsync(CancellationToken cancellationToken)
    {
        foreach (var check in checks)
            await LookAsync(check, cancellationToken);
        return [.. checks.Select(check => _rows[check.Requirement.Id])];
    }

    private async Task<PrerequisiteRow> LookAsync(RequirementCheck check, CancellationToken cancellationToken)
    {
        var requirement = check.Requirement;
        if (!_rows.TryGetValue(requirement.Id, out var row))
            _rows[requirement.Id] = row =
                await BlockedAsync(requirement, cancellationToken)
                ?? Judge(requirement, await FindAsync(check, cancellationToken));
        return row;
    }

    private static async Task<Finding> FindAsync(RequirementCheck check, CancellationToken cancellationToken)
    {
        try
        {
            return await check.LookAsync(cancellationToken);
        }
        catch (ContainerHostException failure)
        {
            return new Finding(false, failure.Saw, Fix: failure.Try);
        }
    }

    private async Task<PrerequisiteRow?> BlockedAsync(Requirement requirement, CancellationToken cancellationToken)
    {
        foreach (var id in requirement.DependsOn)
        {
            var needed = checks.Single(check => check.Requirement.Id == id);
            if ((await LookAsync(needed, cancellationToken)).Verdict == Verdict.Ok)
                continue;
            var title = needed.Requirement.Title;
            var found = $"not checked before this is there: {title}";
            return new PrerequisiteRow(requirement, found, requirement.Needed, Verdict.Warning, $"see: {title}");
        }
        return null;
    }

    private static PrerequisiteRow Judge(Requirement requirement, Finding finding)
    {
        var needed = finding.Needed ?? requirement.Needed;
        if (finding.Met)
            return new PrerequisiteRow(requirement, finding.Found, needed, Verdict.Ok, "");
        var verdict = requirement.Fatal ? Verdict.Missing : Verdict.Warning;
        return new PrerequisiteRow(requirement, finding.Found, needed, verdict, finding.Fix ?? requirement.Fix);
    }
}
