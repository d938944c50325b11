using ContainerHost.Errors;
using ContainerHost.Media;
using ContainerHost.Proving;
using ContainerHost.Verification;
using ContainerHost.Verification.Checks;
using ContainerHost.Verification.Reports;

namespace ContainerHost.Hosts.Steps;

/// <summary>Loads images into the host, runs each under every isolation that the host has, takes them away, and writes the report.</summary>
internal sealed class ProveStep(StepContext context)
{
    private HostServices Services => context.Services;

    /// <summary>Returns the report and where it lies; an image that failed is in it, and for the caller to act on.</summary>
    public async Task<VerificationOutcome> RunAsync(Proof proof, CancellationToken cancellationToken)
    {
        RequireVerified();
        var started = Services.Time.GetUtcNow();
        var watch = Services.Time.GetTimestamp();
        var folder = new CacheFolder(Services.Folders.CacheDirectory).Proving;
        var images = proof.Images.Select((image, at) => new ImageProof(at + 1, image, proof.Plan, folder)).ToList();
        var results = await CheckAsync(images, cancellationToken);
        var duration = (long)Services.Time.GetElapsedTime(watch).TotalMilliseconds;
        var host = await new HostReport(context).CreateAsync(results, started, duration, cancellationToken);
        var report = host with
        {
            Images = [.. images.Select(image => image.Report(context.Spec.Isolation, results))],
            LockFileSha256 = await CheckedFile.ComputeAsync(context.Session.Folder.LockFile, cancellationToken),
        };
        var reports = Path.Combine(proof.ReportsDirectory, context.Session.Name.Value);
        var paths = await ReportWriter.WriteAsync(report, reports, cancellationToken);
        return new VerificationOutcome(report, reports, paths);
    }

    // Verify is skipped for a host that passed before, not for one that did not.
    private void RequireVerified()
    {
        if (context.Session.Existing.LastVerification is { Passed: true })
            return;
        var saw = context.Session.Existing.LastVerification is null
            ? "it was never verified"
            : "its last verification failed";
        throw new ContainerHostException(
            "prove images on the host",
            saw,
            "leave --skip Verify away.",
            context.Session.Name.Value
        );
    }

    private async Task<IReadOnlyList<CheckResult>> CheckAsync(
        List<ImageProof> images,
        CancellationToken cancellationToken
    )
    {
        await using var checks = await context.OpenChecksAsync(cancellationToken);
        var list = images.SelectMany(image => image.Checks(context.Spec.Isolation)).ToList();
        Services.Log.Information("Prove: {Count} images on {Host}", images.Count, context.Session.Name);
        try
        {
            return await new Verifier(Services.Time, Services.Log) { Progress = Services.Progress }.RunAsync(
                list,
                checks,
                cancellationToken
            );
        }
        catch
        {
            await TakeAwayAsync(images, checks);
            throw;
        }
    }

    // After Ctrl-C; what keeps them from going must not hide that.
    private async Task TakeAwayAsync(List<ImageProof> images, CheckContext checks)
    {
        foreach (var image in images)
        {
            try
            {
                await image.TakeAwayAsync(checks, CancellationToken.None);
            }
            catch (ContainerHostException left)
            {
                Services.Log.Warning("An image is left in the host: {Reason}", left.Saw);
            }
        }
    }
}
