using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using ContainerHost.Files;
using ContainerHost.Runtimes;
using static ContainerHost.Verification.Reports.Html;

namespace ContainerHost.Verification.Reports;

/// <summary>Renders the report for people: one page that needs nothing else, neither files beside it nor the network.</summary>
internal static class HtmlReport
{
    private const string Viewport = "width=device-width, initial-scale=1";
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

    public static string Render(VerificationReport report)
    {
        var page = Tag("html", Attribute("lang", "en"), Head(report), Body(report));
        return $"<!DOCTYPE html>\n{page.ToString(SaveOptions.DisableFormatting)}\n";
    }

    private static XElement Head(VerificationReport report) =>
        Tag(
            "head",
            Tag("meta", Attribute("charset", "utf-8")),
            Tag("meta", Attribute("http-equiv", "Content-Security-Policy"), Attribute("content", Policy)),
            Tag("meta", Attribute("name", "viewport"), Attribute("content", Viewport)),
            Tag("link", Attribute("rel", "icon"), Attribute("href", "data:,")),
            Tag("title", ReportWords.Of(report).Verdict),
            Tag("style", new RawText(EmbeddedText.Load("Verification.Reports.report.css")))
        );

    private static XElement Body(VerificationReport report) =>
        Tag(
            "body",
            Header(report),
            Tag(
                "main",
                Facts(report),
                HtmlImages.Render(report),
                HtmlChecks.Render(report.Checks),
                HtmlTimeline.Render(report.Timeline),
                Console(report),
                Artifacts(report.Artifacts)
            )
        );

    private static XElement Header(VerificationReport report)
    {
        var passed = report.Checks.Count(check => check.Passed);
        var failed = report.Checks.Select((check, index) => (check, index)).Where(one => !one.check.Passed).ToList();
        return Tag(
            "header",
            Class(report.Passed ? "passed" : "failed"),
            Tag("h1", ReportWords.Of(report).Verdict),
            Tag("p", $"{passed} of {report.Checks.Count} checks passed in {DurationText.Of(report.DurationMs)}."),
            report.NotAsked is { } left ? Tag("p", $"Not asked for: {string.Join(", ", left)}.") : null,
            failed.Count == 0 ? null : Tag("ul", failed.Select(one => Link(one.check, one.index)))
        );
    }

    private static XElement Link(CheckResult check, int index) =>
        Tag("li", Tag("a", Attribute("href", $"#{HtmlChecks.Anchor(index)}"), check.Title));

    private static XElement Facts(VerificationReport report) =>
        Tag(
            "dl",
            Fact("Host", report.Host),
            Fact("Guest", report.Guest),
            Fact("Hypervisor", report.Hypervisor.Name),
            Fact("Accelerator", report.Hypervisor.Accelerator),
            Fact(Capital(ReportWords.Of(report).Done), Time(report.StartedAt)),
            Fact("Why that accelerator", report.Hypervisor.Reason, Class("wide")),
            report.LockFileSha256 is { } digest ? Fact("Lock file (SHA-256)", digest, Class("wide")) : null
        );

    private static string Capital(string word) => $"{char.ToUpperInvariant(word[0])}{word[1..]}";

    private static XElement Fact(string name, object value, XAttribute? place = null) =>
        Tag("div", place, Tag("dt", name), Tag("dd", value));

    private static XElement Time(DateTimeOffset at)
    {
        var utc = at.UtcDateTime;
        return Tag(
            "time",
            Attribute("datetime", utc.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)),
            utc.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)
        );
    }

    private static XElement? Console(VerificationReport report)
    {
        if (report.ScreenshotPng is not { Length: > 0 } picture)
            return null;
        var source = Attribute("src", $"data:image/png;base64,{Convert.ToBase64String(picture)}");
        var text = Attribute("alt", $"The console of {report.Host} at the end of the verification");
        return Section("console", "Console", Tag("img", source, text));
    }

    private static XElement? Artifacts(IReadOnlyList<InstalledArtifact> artifacts) =>
        artifacts.Count == 0
            ? null
            : Table("artifacts", "Artifacts", ["Name", "Version", "Origin", "SHA-256"], artifacts.Select(Row));

    private static XElement Row(InstalledArtifact artifact) =>
        Tag(
            "tr",
            Tag("th", Attribute("scope", "row"), artifact.Name),
            Tag("td", artifact.Version),
            Tag("td", artifact.Origin),
            Tag("td", Tag("code", artifact.Sha256))
        );

    // Our own text that goes into a page as it is: HTML reads a style element's content without resolving entities.
    private sealed class RawText(string value) : XText(value)
    {
        public override void WriteTo(XmlWriter writer) => writer.WriteRaw(Value);
    }
}
