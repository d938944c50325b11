using System.Text.Json;
using ContainerHost.Specification;

namespace ContainerHost.Verification.Reports;

/// <summary>Renders the report for programs: verification.json or prove.json, described in docs/schema.</summary>
public static class JsonReport
{
    /// <summary>The report as JSON.</summary>
    public static string Render(VerificationReport report) =>
        JsonSerializer.Serialize(report, SpecificationJson.Options) + "\n";
}
