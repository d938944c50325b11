namespace ContainerHost.Verification.Reports;

/// <summary>All words in which the report of a host differs from that of images on it.</summary>
internal sealed record ReportWords
{
    /// <summary>The files' name, without ending.</summary>
    public required string File { get; init; }

    /// <summary>What the report is of.</summary>
    public required string Title { get; init; }

    public required string Verdict { get; init; }

    /// <summary>What was done with it, as in "verified in 12 s".</summary>
    public required string Done { get; init; }

    /// <summary>Completes "Could not ...".</summary>
    public required string Attempted { get; init; }

    public static ReportWords Of(VerificationReport report) =>
        report.Images is { } images
            ? new()
            {
                File = "prove",
                Title = $"Images on {report.Host}",
                Verdict =
                    $"{images.Count(image => image.Verdicts.All(one => one.Passed))} of {images.Count} images passed on {report.Host}",
                Done = "proved",
                Attempted = "prove the images",
            }
            : new()
            {
                File = "verification",
                Title = $"Container host {report.Host}",
                Verdict =
                    report is { Passed: true, NotAsked: not null }
                        ? $"{report.Host} passed the checks that were asked for"
                    : report.Passed ? $"{report.Host} is a verified container host"
                    : $"{report.Host} failed its verification",
                Done = "verified",
                Attempted = "verify the container host",
            };
}
