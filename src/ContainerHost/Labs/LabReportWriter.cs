using System.Text.Json;
using System.Xml.Linq;
using ContainerHost.Files;
using ContainerHost.Hosts;
using ContainerHost.Specification;
using ContainerHost.Verification.Reports;
using static ContainerHost.Verification.Reports.Html;

namespace ContainerHost.Labs;

/// <summary>Writes the report of a lab: lab.json, lab.xml (JUnit, the hosts' suites together) and lab.html, with links to the hosts' own pages.</summary>
internal static class LabReportWriter
{
    public static async Task<LabReport> WriteAsync(
        HostName lab,
        IReadOnlyList<(LabOutcome Outcome, VerificationOutcome? Report)> hosts,
        string reportsDirectory,
        CancellationToken cancellationToken
    )
    {
        var folder = Path.GetFullPath(Path.Combine(reportsDirectory, $"lab-{lab}"));
        var report = new LabReport
        {
            Lab = lab.Value,
            Hosts = [.. hosts.Select(host => Row(host.Outcome, host.Report, folder))],
            Html = Path.Combine(folder, "lab.html"),
        };
        await AtomicFile.WriteTextAsync(Path.Combine(folder, "lab.xml"), JUnit(hosts), cancellationToken);
        await AtomicFile.WriteTextAsync(report.Html, Page(report), cancellationToken);
        var json = JsonSerializer.Serialize(report, SpecificationJson.Options) + "\n";
        await AtomicFile.WriteTextAsync(Path.Combine(folder, "lab.json"), json, cancellationToken);
        return report;
    }

    private static LabHostReport Row(LabOutcome outcome, VerificationOutcome? report, string folder) =>
        new(
            outcome.Name.Value,
            outcome.Succeeded,
            outcome.DurationMs,
            outcome.Problem,
            report is null ? null : Path.GetRelativePath(folder, report.Paths.Html).Replace('\\', '/')
        );

    // Of a host that has no report there is one case, which failed.
    private static string JUnit(IReadOnlyList<(LabOutcome Outcome, VerificationOutcome? Report)> hosts)
    {
        var suites = hosts.Select(host =>
            host.Report is { } own
                ? XDocument.Parse(JUnitReport.Render(own.Report)).Root!.Element("testsuite")!
                : new XElement(
                    "testsuite",
                    new XAttribute("name", $"ContainerHost {host.Outcome.Name}"),
                    new XAttribute("tests", 1),
                    new XAttribute("failures", 1),
                    new XElement(
                        "testcase",
                        new XAttribute("classname", $"ContainerHost.{host.Outcome.Name}"),
                        new XAttribute("name", "verify"),
                        new XElement("failure", Errors.SafeText.Clean(host.Outcome.Problem ?? ""))
                    )
                )
        );
        return $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{new XElement("testsuites", new XAttribute("name", "ContainerHost"), suites)}\n";
    }

    private static string Page(LabReport report)
    {
        var rows = report.Hosts.Select(host =>
            Tag(
                "tr",
                Tag("td", host.Passed ? "passed" : "failed"),
                Tag(
                    "th",
                    Attribute("scope", "row"),
                    Link(host),
                    host.Problem is null ? null : Tag("pre", host.Problem)
                ),
                Tag("td", DurationText.Of(host.DurationMs))
            )
        );
        var title = $"Lab {report.Lab}";
        var passed = report.Hosts.Count(host => host.Passed);
        var page = Tag(
            "html",
            Attribute("lang", "en"),
            Tag("head", Tag("meta", Attribute("charset", "utf-8")), Tag("title", title)),
            Tag(
                "body",
                Tag("h1", title),
                Tag("p", $"{passed} of {report.Hosts.Count} hosts passed."),
                Table("hosts", "Hosts", ["Result", "Host", "Duration"], rows)
            )
        );
        return $"<!DOCTYPE html>\n{page}\n";
    }

    private static object Link(LabHostReport host) =>
        host.Report is null ? host.Host : Tag("a", Attribute("href", host.Report), host.Host);
}
