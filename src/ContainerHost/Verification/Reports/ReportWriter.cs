using ContainerHost.Files;

namespace ContainerHost.Verification.Reports;

/// <summary>Writes a report's files: verification.json, verification.xml (JUnit) and verification.html, or prove.* where it is of images.</summary>
internal static class ReportWriter
{
    /// <summary>Writes all files into the folder, each whole or not at all, and returns their paths.</summary>
    public static async Task<ReportPaths> WriteAsync(
        VerificationReport report,
        string directory,
        CancellationToken cancellationToken
    )
    {
        var paths = ReportPaths.In(directory, ReportWords.Of(report).File);
        await AtomicFile.WriteTextAsync(paths.JUnit, JUnitReport.Render(report), cancellationToken);
        await AtomicFile.WriteTextAsync(paths.Html, HtmlReport.Render(report), cancellationToken);
        // Last, so that a program which finds it finds the others too.
        await AtomicFile.WriteTextAsync(paths.Json, JsonReport.Render(report), cancellationToken);
        return paths;
    }
}

/// <summary>Where the files of a report lie.</summary>
public sealed record ReportPaths(string Json, string JUnit, string Html)
{
    internal static ReportPaths In(string directory, string file)
    {
        var name = Path.Combine(Path.GetFullPath(directory), file);
        return new ReportPaths($"{name}.json", $"{name}.xml", $"{name}.html");
    }
}
