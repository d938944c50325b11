using System.Text.Json.Nodes;
using ContainerHost.Hosts;
using ContainerHost.Verification;
using ContainerHost.Verification.Reports;
using Serilog;

namespace ContainerHost.Targets.Hosting;

/// <summary>Tells what checks of a host found: to the CI system, on the console, and to programs.</summary>
internal static class ReportedOutcome
{
    /// <summary>Returns the report of checks that all passed; the others end the target with exit code 4.</summary>
    public static async Task<VerificationReport> TellAsync(
        this IDescribeHosts build,
        string target,
        VerificationOutcome outcome,
        CancellationToken cancellationToken
    )
    {
        var console = build.Json ? Console.Error : Console.Out;
        var summary = new CiSummary(Environment.GetEnvironmentVariable, console);
        await summary.WriteAsync(outcome.Report, outcome.Folder, cancellationToken);
        Log.Information("The report is in {Html}", outcome.Paths.Html);
        if (build.Json)
            Results.Add(target, JsonNode.Parse(JsonReport.Render(outcome.Report)));
        outcome.ThrowIfFailed();
        return outcome.Report;
    }
}
