using System.Xml.Linq;
using ContainerHost.Verification.Reports;

namespace ContainerHost.Tests.Verification.Reports;

public sealed class ImageReportTests : FolderTest
{
    [Fact]
    public async Task It_is_written_beside_no_verification()
    {
        var paths = await ReportWriter.WriteAsync(SampleReport.OfImages, Folder, Token);

        (Path.GetFileName(paths.Json), Path.GetFileName(paths.JUnit), Path.GetFileName(paths.Html)).ShouldBe(
            ("prove.json", "prove.xml", "prove.html")
        );
        Directory.EnumerateFiles(Folder).Count().ShouldBe(3);
    }

    [Fact]
    public void The_page_has_the_image_its_identity_and_its_verdict_under_each_isolation()
    {
        var page = HtmlReport.Render(SampleReport.OfImages);

        page.ShouldContain("<h1>0 of 1 images passed on lab-1</h1>");
        page.ShouldContain($"sha256:{new string('d', 64)}");
        page.ShouldContain(new string('b', 64));
        page.ShouldContain("/bin/app &#39;--check &lt;all&gt;&#39;".Replace("&#39;", "'", StringComparison.Ordinal));
        page.ShouldContain("<span class=\"badge failed\">failed</span> HyperV");
        page.ShouldNotContain("verified");
    }

    [Fact]
    public void JUnit_names_the_image_by_its_digest() =>
        XDocument
            .Parse(JUnitReport.Render(SampleReport.OfImages))
            .Descendants("property")
            .Select(property => (property.Attribute("name")!.Value, property.Attribute("value")!.Value))
            .ShouldContain(("image registry.example/app:1", $"sha256:{new string('d', 64)}"));

    [Fact]
    public void The_summary_of_a_run_tells_image_digest_and_verdicts()
    {
        var summary = CiMarkdown.Render(SampleReport.OfImages);

        summary.ShouldStartWith("## ❌ Images on lab\\-1: 1 of 2 checks passed");
        summary.ShouldContain($"sha256\\:{new string('d', 64)}, Process ✅, HyperV ❌");
    }
}
