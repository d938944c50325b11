using System.Xml.Linq;
using ContainerHost.Verification.Reports;

namespace ContainerHost.Tests.Verification.Reports;

public sealed class JUnitReportTests
{
    [Fact]
    public void Each_check_is_a_test_case_and_a_failed_one_has_a_failure_with_the_problem()
    {
        var suite = Render(SampleReport.Good, SampleReport.Bad);

        ((int?)suite.Attribute("tests"), (int?)suite.Attribute("failures")).ShouldBe((2, 1));
        suite.Elements("testcase").Select(one => one.Attribute("time")!.Value).ShouldBe(["1.234", "61.500"]);
        var failure = suite.Elements("testcase").Single(one => one.Element("failure") is not null);
        failure.Attribute("name")!.Value.ShouldStartWith("isolation-vm: ");
        failure.Element("failure")!.Value.ShouldBe(SampleReport.Bad.Problem);
        failure.Element("system-out")!.Value.ShouldBe(SampleReport.Bad.Evidence);
    }

    [Fact]
    public void Control_characters_become_visible_and_the_document_stays_well_formed()
    {
        const string evidence = "\u001b[31mred\0 \u0085 \ud800 \uffff 日本 😀\r\nend";

        var suite = Render(SampleReport.Good with { Evidence = evidence, Title = "a\u0007" });

        suite.Descendants("system-out").Single().Value.ShouldBe("␛[31mred␀ \n \ufffd \ufffd 日本 😀\nend");
        suite.Element("testcase")!.Attribute("name")!.Value.ShouldEndWith("a␇");
    }

    [Fact]
    public void Text_that_looks_like_xml_is_shown_as_text()
    {
        var check = SampleReport.Bad with { Evidence = "]]></system-out><x/>", Problem = "<failure message=\"&\">" };

        var suite = Render(check);

        suite.Descendants("system-out").Single().Value.ShouldBe("]]></system-out><x/>");
        suite.Descendants("failure").Single().Value.ShouldBe("<failure message=\"&\">");
    }

    [Fact]
    public void What_was_not_asked_for_is_skipped_and_no_report_calls_the_host_verified()
    {
        var report = SampleReport.Of(SampleReport.Good) with { NotAsked = ["image", "reboot"] };

        var suite = XDocument.Parse(JUnitReport.Render(report)).Root!.Element("testsuite")!;

        ((int?)suite.Attribute("tests"), (int?)suite.Attribute("skipped")).ShouldBe((3, 2));
        suite.Elements("testcase").Where(one => one.Element("skipped") is not null).Count().ShouldBe(2);
        CiMarkdown.Render(report).ShouldContain("Not asked for: image, reboot");
        JsonReport.Render(report).ShouldContain("\"notAsked\"");
        HtmlReport.Render(report).ShouldContain("Not asked for: image, reboot.");
        HtmlReport.Render(report).ShouldNotContain("is a verified container host");
    }

    private static XElement Render(params IReadOnlyList<ContainerHost.Verification.CheckResult> checks) =>
        XDocument.Parse(JUnitReport.Render(SampleReport.Of(checks))).Root!.Element("testsuite")!;
}
