using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using ContainerHost.Files;
using ContainerHost.Runtimes;

namespace ContainerHost.Verification.Reports;

/// <summary>Renders the report for people: one page that needs nothing else, neither files beside it nor the network.</summary>
internal static class HtmlReport
{
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

    /// <summary>The report as an HTML page.</summary>
    public static string Render(VerificationReport report)
    {
        var page = Html.Tag("html", Html.Attribute("lang", "en"), Head(report), Body(report));
        return $"<!DOCTYPE html>\n{page.ToString(SaveOptions.DisableFormatting)}\n";
    }

    private static XElement Head(VerificationReport report) =>
        Html.Tag(
            "head",
            Html.Tag("meta", Html.Attribute("charset", "utf-8")),
            Html.Tag(
                "meta",
                Html.Attribute("http-equiv", "Content-Security-Policy"),
                Html.Attribute("content", Policy)
            ),
            Html.Tag(
                "meta",
                Html.Attribute("name", "viewport"),
                Html.Attribute("content", "width=device-width, initial-scale=1")
            ),
            Html.Tag("link", Html.Attribute("rel", "icon"), Html.Attribute("href", "data:,")),
            Html.Tag("title", Verdict(report)),
            Html.Tag("style", new RawText(EmbeddedText.Load("Verification.Reports.report.css")))
        );

    private static XElement Body(VerificationReport report) =>
        Html.Tag(
            "body",
            Header(report),
            Html.Tag(
                "main",
                Facts(report),
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
        return Html.Tag(
            "header",
            Html.Class(report.Passed ? "passed" : "failed"),
            Html.Tag("h1", Verdict(report)),
            Html.Tag("p", $"{passed} of {report.Checks.Count} checks passed in {DurationText.Of(report.DurationMs)}."),
            failed.Count == 0 ? null : Html.Tag("ul", failed.Select(one => Link(one.check, one.index)))
        );
    }

    private static XElement Link(CheckResult check, int index) =>
        Html.Tag("li", Html.Tag("a", Html.Attribute("href", $"#{HtmlChecks.Anchor(index)}"), check.Title));

    private static XElement Facts(VerificationReport report) =>
        Html.Tag(
            "dl",
            Fact("Host", report.Host),
            Fact("Guest", report.Guest),
            Fact("Hypervisor", report.Hypervisor.Name),
            Fact("Accelerator", report.Hypervisor.Accelerator),
            Fact("Verified", Time(report.StartedAt)),
            Fact("Why that accelerator", report.Hypervisor.Reason, Html.Class("wide"))
        );

    private static XElement Fact(string name, object value, XAttribute? place = null) =>
        Html.Tag("div", place, Html.Tag("dt", name), Html.Tag("dd", value));

    private static XElement Time(DateTimeOffset at)
    {
        var utc = at.UtcDateTime;
        return Html.Tag(
            "time",
            Html.Attribute("datetime", utc.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)),
            utc.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)
        );
    }

    private static XElement? Console(VerificationReport report) =>
        report.ScreenshotPng is not { Length: > 0 } picture
            ? null
            : Html.Section(
                "console",
                "Console",
                Html.Tag(
                    "img",
                    Html.Attribute("src", $"data:image/png;base64,{Convert.ToBase64String(picture)}"),
                    Html.Attribute("alt", $"The console of {report.Host} at the end of the verification")
                )
            );

    private static XElement? Artifacts(IReadOnlyList<InstalledArtifact> artifacts) =>
        artifacts.Count == 0
            ? null
            : Html.Section(
                "artifacts",
                "Artifacts",
                Html.Tag(
                    "table",
                    Html.Class("artifacts"),
                    Html.Columns("Name", "Version", "Origin", "SHA-256"),
                    Html.Tag("tbody", artifacts.Select(Row))
                )
            );

    private static XElement Row(InstalledArtifact artifact) =>
        Html.Tag(
            "tr",
            Html.Tag("th", Html.Attribute("scope", "row"), artifact.Name),
            Html.Tag("td", artifact.Version),
            Html.Tag("td", artifact.Origin),
            Html.Tag("td", Html.Tag("code", artifact.Sha256))
        );

    private static string Verdict(VerificationReport report) =>
        report.Passed ? $"{report.Host} is a verified container host" : $"{report.Host} failed its verification";

    // Our own text that goes into a page as it is: HTML reads a style element's content without resolving entities.
    private sealed class RawText(string value) : XText(value)
    {
        public override void WriteTo(XmlWriter writer) => writer.WriteRaw(Value);
    }
}
