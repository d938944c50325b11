using ContainerHost.Errors;
using ContainerHost.Verification;
using ContainerHost.Verification.Reports;

namespace ContainerHost.Hosts;

/// <summary>A verification's report, the folder it was written to, and its files.</summary>
public sealed record VerificationOutcome(VerificationReport Report, string Folder, ReportPaths Paths)
{
    /// <summary>Fails with exit code 4 unless every check passed.</summary>
    /// <exception cref="VerificationFailedException">At least one check failed; the error lists them.</exception>
    public void ThrowIfFailed()
    {
        var failed = Report.Checks.Where(check => !check.Passed).ToList();
        if (failed.Count > 0)
        {
            throw new VerificationFailedException(
                Report.Host,
                $"{failed.Count} of {Report.Checks.Count} checks failed:\n"
                    + string.Join('\n', failed.Select(check => $"- {check.Id}: {check.Problem}")),
                $"read the evidence in {Paths.Html}.",
                ReportWords.Of(Report).Attempted
            );
        }
    }
}
