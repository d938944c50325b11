using ContainerHost.Files;

namespace ContainerHost.Verification.Reports;

/// <summary>Hands the result to the CI system that the build runs under, if any: GitHub Actions or Azure Pipelines.</summary>
public sealed class CiSummary(Func<string, string?> environment, TextWriter console)
{
    /// <summary>
    /// Appends the summary to the file that <c>GITHUB_STEP_SUMMARY</c> names; where <c>TF_BUILD</c> is set, writes summary.md into the
    /// report's folder and tells the agent on the console to show it. Without either it does nothing.
    /// </summary>
    public async Task WriteAsync(VerificationReport report, string directory, CancellationToken cancellationToken)
    {
        if (environment("GITHUB_STEP_SUMMARY") is { Length: > 0 } file)
            await File.AppendAllTextAsync(file, CiMarkdown.Render(report), cancellationToken);
        if (environment("TF_BUILD") is { Length: > 0 })
        {
            var path = Path.Combine(Path.GetFullPath(directory), "summary.md");
            await AtomicFile.WriteTextAsync(path, CiMarkdown.Render(report), cancellationToken);
            await console.WriteLineAsync($"##vso[task.uploadsummary]{Escape(path)}");
        }
    }

    // The agent's own escapes; a raw line feed would end the command.
    private static string Escape(string value) =>
        value
            .Replace("%", "%AZP25", StringComparison.Ordinal)
            .Replace("\r", "%0D", StringComparison.Ordinal)
            .Replace("\n", "%0A", StringComparison.Ordinal);
}
