using ContainerHost.Errors;
using ContainerHost.Specification;
using ContainerHost.Verification;
using ContainerHost.Verification.Checks;
using ContainerHost.Verification.Reports;

namespace ContainerHost.Hosts.Steps;

/// <summary>Runs every check of the host, each for real, and writes the report.</summary>
internal sealed class VerifyStep(StepContext context)
{
    private HostServices Services => context.Services;
    private HostSession Session => context.Session;

    /// <summary>Returns the report and where it lies; a failed check is in it, and for the caller to act on.</summary>
    public async Task<VerificationOutcome> RunAsync(CancellationToken cancellationToken)
    {
        var started = Services.Time.GetUtcNow();
        var watch = Services.Time.GetTimestamp();
        var (checks, left) = await CheckAsync(cancellationToken);
        var duration = (long)Services.Time.GetElapsedTime(watch).TotalMilliseconds;
        var record = new StepRecord
        {
            Fingerprint = Fingerprint.Of(Session.Existing.InstanceId),
            StartedAt = started,
            DurationMs = duration,
            Note =
                $"{checks.Count(check => check.Passed)} of {checks.Count} checks passed"
                + (left is null ? "" : $"; not asked for: {string.Join(", ", left)}"),
        };
        var ended = new LastVerification(Services.Time.GetUtcNow(), checks.All(check => check.Passed))
        {
            NotAsked = left,
        };
        var verified = Session.Existing.With(Step.Verify, record) with
        {
            LastVerification = ended,
            Spec = Session.Existing.Spec with { OwnChecks = context.Spec.OwnChecks },
        };
        await Session.SaveAsync(verified, cancellationToken);
        var report = await new HostReport(context).CreateAsync(checks, started, duration, cancellationToken) with
        {
            NotAsked = left,
        };
        var folder = Path.Combine(Services.Folders.ReportsDirectory, Session.Name.Value);
        var paths = await ReportWriter.WriteAsync(report, folder, cancellationToken);
        return new VerificationOutcome(report, folder, paths);
    }

    // With the ids of those that were not asked for; null where all were.
    private async Task<(IReadOnlyList<CheckResult> Results, IReadOnlyList<string>? Left)> CheckAsync(
        CancellationToken cancellationToken
    )
    {
        await using var checks = await context.OpenChecksAsync(cancellationToken);
        var limit = await context.Connection.GetBootLimitAsync(cancellationToken);
        var isClone = Session.Existing.ClonedFrom is not null;
        var all = CheckList.For(context.Spec, context.Kind.Checks, limit, isClone).ToLookup(context.Checks.Has);
        var list = all[true].ToList();
        Services.Log.Information("Verify: {Count} checks of {Host}", list.Count, Session.Name);
        var results = await new Verifier(Services.Time, Services.Log) { Progress = Services.Progress }.RunAsync(
            list,
            checks,
            cancellationToken
        );
        return (results, all[false].Any() ? [.. all[false].Select(check => check.Id)] : null);
    }
}
