using System.Text.RegularExpressions;
using ContainerHost.Runtimes;
using ContainerHost.Verification.Reports;

namespace ContainerHost.Tests.Verification.Reports;

public sealed class HtmlReportTests
{
    private const string Attack = "</pre></style><script>alert('x')</script><img src=x onerror=\"alert(1)\">&amp;";

    [Fact]
    public void Markup_from_a_guest_is_shown_as_text_wherever_it_comes_in()
    {
        var bad = SampleReport.Bad with { Id = Attack, Title = Attack, Evidence = Attack, Problem = Attack };
        var report = SampleReport.Of(bad) with
        {
            Host = Attack,
            Guest = Attack,
            Hypervisor = new(Attack, Attack, Attack),
            Timeline = [new(Attack, SampleReport.Start, 1, Attack)],
            Artifacts = [new InstalledArtifact(Attack, Attack, Attack, Attack)],
            ScreenshotPng = [1, 2, 3],
        };

        var page = HtmlReport.Render(report);

        page.ShouldContain("&lt;/pre&gt;&lt;/style&gt;&lt;script&gt;alert('x')&lt;/script&gt;");
        page.ShouldNotContain("<script", Case.Insensitive);
        page.ShouldContain("&amp;amp;");
        // Ours is the only picture, and no attribute was broken out of.
        Regex.Count(page, "<img ").ShouldBe(1);
        Regex.Count(page, "<[^>]*onerror=\"").ShouldBe(0);
    }

    [Fact]
    public void The_page_needs_nothing_from_outside()
    {
        var report = SampleReport.Of(SampleReport.Good, SampleReport.Bad) with { ScreenshotPng = [1, 2, 3] };

        var page = HtmlReport.Render(report);

        var references = Regex.Matches(page, "(?:src|href)=\"([^\"]*)\"").Select(match => match.Groups[1].Value);
        references.ShouldAllBe(reference => reference.StartsWith('#') || reference.StartsWith("data:"));
        page.ShouldNotContain("url(");
        page.ShouldNotContain("@import");
        page.ShouldContain("src=\"data:image/png;base64,AQID\"");
        page.ShouldContain("alt=\"The console of lab-1");
    }

    [Fact]
    public void The_style_sheet_is_embedded_and_has_no_character_that_could_end_it()
    {
        var page = HtmlReport.Render(SampleReport.Of(SampleReport.Good));

        var style = Regex.Match(page, "<style>(.*?)</style>", RegexOptions.Singleline).Groups[1].Value;
        style.ShouldContain("prefers-color-scheme: dark");
        style.IndexOfAny(['<', '&', '>']).ShouldBe(-1);
    }

    [Fact]
    public void The_verdict_is_in_the_title_and_the_first_heading()
    {
        var good = HtmlReport.Render(SampleReport.Of(SampleReport.Good));
        var bad = HtmlReport.Render(SampleReport.Of(SampleReport.Good, SampleReport.Bad));

        good.ShouldContain("<h1>lab-1 is a verified container host</h1><p>1 of 1 checks passed in 1 min 35 s.</p>");
        bad.ShouldContain("<title>lab-1 failed its verification</title>");
        bad.ShouldContain("<a href=\"#check-2\">Run a container in a virtual machine of its own</a>");
        bad.ShouldContain("<tr id=\"check-2\">");
    }

    [Fact]
    public void Evidence_is_folded_for_passed_checks_and_open_for_failed_ones()
    {
        HtmlReport.Render(SampleReport.Of(SampleReport.Good)).ShouldNotContain("<details open");
        HtmlReport.Render(SampleReport.Of(SampleReport.Bad)).ShouldContain("<details open=\"open\">");
    }

    [Fact]
    public void No_element_is_closed_the_way_that_html_does_not_know()
    {
        var empty = SampleReport.Good with { Title = "", Evidence = "" };
        var report = SampleReport.Of(empty) with { Guest = "", Artifacts = [new("", "", "", "")] };

        var page = HtmlReport.Render(report);

        var closed = Regex.Matches(page, "<([a-z0-9]+)[^>]*/>").Select(match => match.Groups[1].Value);
        closed.ShouldBeSubsetOf(["meta", "link"]);
        page.ShouldStartWith("<!DOCTYPE html>\n<html lang=\"en\">");
    }
}
