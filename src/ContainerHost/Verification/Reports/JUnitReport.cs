using System.Globalization;
using System.Xml.Linq;
using ContainerHost.Errors;

namespace ContainerHost.Verification.Reports;

/// <summary>Renders the report for CI systems: JUnit's XML, a test case a check.</summary>
internal static class JUnitReport
{
    public static string Render(VerificationReport report)
    {
        var suite = new XElement(
            "testsuite",
            new XAttribute("name", SafeText.Clean($"ContainerHost {report.Host}")),
            Counts(report),
            new XAttribute("skipped", report.NotAsked?.Count ?? 0),
            // JUnit's schema has no offset here; by convention it is UTC.
            new XAttribute("timestamp", report.StartedAt.UtcDateTime.ToString("s", CultureInfo.InvariantCulture)),
            new XAttribute("hostname", SafeText.Clean(report.Host)),
            new XElement(
                "properties",
                Property("guest", report.Guest),
                Property("hypervisor", report.Hypervisor.Name),
                Property("accelerator", report.Hypervisor.Accelerator),
                Property("acceleratorReason", report.Hypervisor.Reason),
                report.LockFileSha256 is { } digest ? Property("lockFileSha256", digest) : null,
                (report.Images ?? []).Select(image =>
                    Property($"image {image.Image}", image.Digest ?? image.ImageId ?? "")
                )
            ),
            report.Checks.Select(check => Case(report, check)),
            report.NotAsked?.Select(id => Skipped(report, id))
        );
        var root = new XElement("testsuites", new XAttribute("name", "ContainerHost"), Counts(report), suite);
        return $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{root}\n";
    }

    private static XElement Case(VerificationReport report, CheckResult check) =>
        new(
            "testcase",
            new XAttribute("classname", SafeText.Clean($"ContainerHost.{report.Host}")),
            new XAttribute("name", SafeText.Clean($"{check.Id}: {check.Title}")),
            new XAttribute("time", Seconds(check.DurationMs)),
            check.Passed ? null : Failure(check),
            new XElement("system-out", SafeText.Clean(check.Evidence))
        );

    private static XElement Skipped(VerificationReport report, string id) =>
        new(
            "testcase",
            new XAttribute("classname", SafeText.Clean($"ContainerHost.{report.Host}")),
            new XAttribute("name", id),
            new XAttribute("time", Seconds(0)),
            new XElement("skipped", new XAttribute("message", "not asked for"))
        );

    private static XElement Failure(CheckResult check)
    {
        var problem = SafeText.Clean(check.Problem ?? "The check failed without saying why.");
        var message = new XAttribute("message", problem.Split('\n')[0]);
        return new XElement("failure", message, new XAttribute("type", "CheckFailed"), problem);
    }

    private static XAttribute[] Counts(VerificationReport report) =>
        [
            new("tests", report.Checks.Count + (report.NotAsked?.Count ?? 0)),
            new("failures", report.Checks.Count(check => !check.Passed)),
            new("errors", 0),
            new("time", Seconds(report.DurationMs)),
        ];

    private static XElement Property(string name, string value) =>
        new("property", new XAttribute("name", name), new XAttribute("value", SafeText.Clean(value)));

    private static string Seconds(long milliseconds) =>
        (milliseconds / 1000m).ToString("0.000", CultureInfo.InvariantCulture);
}
