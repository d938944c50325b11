using ContainerHost.Files;

namespace ContainerHost.Verification.Reports;

/// <summary>Writes a report's files: verification.json, verification.xml (JUnit) and verification.html.</summary>
internal static class ReportWriter
{
    /// <summary>Writes all files into the folder, each whole or not at all, and returns their paths.</summary>
    public static async Task<ReportPaths> WriteAsync(
        VerificationReport report,
        string directory,
        CancellationToken cancellationToken
    )
    {
        var folder = Path.GetFullPath(directory);
        var paths = new ReportPaths(
            Path.Combine(folder, "verification.json"),
            Path.Combine(folder, "verification.xml"),
            Path.Combine(folder, "verification.html")
        );
        await AtomicFile.WriteTextAsync(paths.JUnit, JUnitReport.Render(report), cancellationToken);
        await AtomicFile.WriteTextAsync(paths.Html, HtmlReport.Render(report), cancellationToken);
        // Last, so that a program which finds it finds the others too.
        await AtomicFile.WriteTextAsync(paths.Json, JsonReport.Render(report), cancellationToken);
        return paths;
    }
}

/// <summary>Where the files of a report lie.</summary>
public sealed record ReportPaths(string Json, string JUnit, string Html);
