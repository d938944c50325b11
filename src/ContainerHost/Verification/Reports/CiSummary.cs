using ContainerHost.Errors;
using ContainerHost.Files;

namespace ContainerHost.Verification.Reports;

/// <summary>Hands the result to the CI system that the build runs under, if any: GitHub Actions or Azure Pipelines; GitLab reads the JUnit file.</summary>
public sealed class CiSummary(Func<string, string?> environment, TextWriter console)
{
    /// <summary>
    /// Appends the summary to the file that <c>GITHUB_STEP_SUMMARY</c> names; where <c>TF_BUILD</c> is set, writes summary.md into the
    /// report's folder and tells the agent on the console to show it. Both get an error for each check that failed, which names it. Without
    /// either it does nothing.
    /// </summary>
    public async Task WriteAsync(VerificationReport report, string directory, CancellationToken cancellationToken)
    {
        var failed = report.Checks.Where(check => !check.Passed).ToList();
        if (environment("GITHUB_STEP_SUMMARY") is { Length: > 0 } file)
        {
            await File.AppendAllTextAsync(file, CiMarkdown.Render(report), cancellationToken);
            foreach (var check in failed)
                await console.WriteLineAsync(
                    $"::error title={Escape(Title(report, check), "%25")}::{Escape(Text(check), "%25")}"
                );
        }
        if (environment("TF_BUILD") is { Length: > 0 })
        {
            var path = Path.Combine(Path.GetFullPath(directory), "summary.md");
            await AtomicFile.WriteTextAsync(path, CiMarkdown.Render(report), cancellationToken);
            await console.WriteLineAsync($"##vso[task.uploadsummary]{Escape(path, "%AZP25")}");
            foreach (var check in failed)
                await console.WriteLineAsync(
                    $"##vso[task.logissue type=error]{Escape($"{Title(report, check)}: {Text(check)}", "%AZP25")}"
                );
        }
    }

    private static string Title(VerificationReport report, CheckResult check) =>
        SafeText.Clean($"{check.Id} on {report.Host}");

    private static string Text(CheckResult check) =>
        SafeText.Clean($"{check.Title}\n{check.Problem ?? check.Evidence}");

    // Both systems' own escapes, which differ in that of the percent sign; a raw line feed would end the command. Ids have no other signs
    // that mean something in a title.
    private static string Escape(string value, string percent) =>
        value
            .Replace("%", percent, StringComparison.Ordinal)
            .Replace("\r", "%0D", StringComparison.Ordinal)
            .Replace("\n", "%0A", StringComparison.Ordinal);
}
