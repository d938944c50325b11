using ContainerHost.Errors;
using ContainerHost.Verification;

namespace ContainerHost.Hosts.Steps;

/// <summary>Makes the report of checks of a host: what they found, on what, and how the host came to be.</summary>
internal sealed class HostReport(StepContext context)
{
    private HostServices Services => context.Services;
    private HostSession Session => context.Session;

    public async Task<VerificationReport> CreateAsync(
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
