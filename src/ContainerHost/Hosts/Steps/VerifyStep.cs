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
        var checks = await CheckAsync(cancellationToken);
        var duration = (long)Services.Time.GetElapsedTime(watch).TotalMilliseconds;
        var record = new StepRecord
        {
            Fingerprint = Fingerprint.Of(Session.Existing.InstanceId),
            StartedAt = started,
            DurationMs = duration,
            Note = $"{checks.Count(check => check.Passed)} of {checks.Count} checks passed",
        };
        var ended = new LastVerification(Services.Time.GetUtcNow(), checks.All(check => check.Passed));
        var verified = Session.Existing.With(Step.Verify, record) with { LastVerification = ended };
        await Session.SaveAsync(verified, cancellationToken);
        var report = await ReportAsync(checks, started, duration, cancellationToken);
        var folder = Path.Combine(Services.Folders.ReportsDirectory, Session.Name.Value);
        var paths = await ReportWriter.WriteAsync(report, folder, cancellationToken);
        return new VerificationOutcome(report, folder, paths);
    }

    private async Task<IReadOnlyList<CheckResult>> CheckAsync(CancellationToken cancellationToken)
    {
        var access = await context.Connection.GetAccessAsync(cancellationToken);
        await using var checks = new CheckContext
        {
            Spec = context.Spec,
            Access = access,
            Password = context.Password ?? context.Connection.ReadPassword(),
            Connect = context.Connection.ConnectAsync,
            RuntimeOf = context.RuntimeOf,
            Guests = Services.Guests,
            Time = Services.Time,
            Shell = await context.Connection.ConnectAsync(cancellationToken),
        };
        await GuestClock.CorrectAsync(context, checks.Shell, cancellationToken);
        var limit = await context.Connection.GetBootLimitAsync(cancellationToken);
        var list = CheckList.For(context.Spec, context.Kind.Checks, limit);
        Services.Log.Information("Verify: {Count} checks of {Host}", list.Count, Session.Name);
        return await new Verifier(Services.Time, Services.Log).RunAsync(list, checks, cancellationToken);
    }

    private async Task<VerificationReport> ReportAsync(
        IReadOnlyList<CheckResult> checks,
        DateTimeOffset started,
        long duration,
        CancellationToken cancellationToken
    )
    {
        var features = await context.Hypervisor.GetFeaturesAsync(cancellationToken);
        var machine = await context.Hypervisor.GetSpecAsync(Session.Folder, cancellationToken);
        return new VerificationReport
        {
            Host = Session.Name.Value,
            Guest = context.Spec.Guest.Title,
            Hypervisor = new HypervisorSummary(features.Name, features.Accelerator, features.AcceleratorReason),
            StartedAt = started,
            DurationMs = duration,
            Checks = checks,
            Timeline = Timeline(),
            Artifacts = LockFile.List(machine!.Boot, Session.Existing),
            ScreenshotPng = await CaptureAsync(cancellationToken),
        };
    }

    private IReadOnlyList<TimelineEntry> Timeline() =>
        [
            .. Session
                .Existing.Steps.Where(step => step.Value.IsDone)
                .Select(step => new TimelineEntry(
                    step.Key.ToString(),
                    step.Value.StartedAt,
                    step.Value.DurationMs!.Value,
                    step.Value.Note
                )),
        ];

    private async Task<byte[]?> CaptureAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await context.Hypervisor.CaptureScreenAsync(Session.Folder, cancellationToken))?.ToPng();
        }
        catch (ContainerHostException exception)
        {
            // A report without a picture is still a report.
            Services.Log.Warning("No picture of the console: {Reason}", exception.Saw);
            return null;
        }
    }
}
