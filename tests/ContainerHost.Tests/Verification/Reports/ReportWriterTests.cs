using ContainerHost.Verification.Reports;

namespace ContainerHost.Tests.Verification.Reports;

public sealed class ReportWriterTests : FolderTest
{
    [Fact]
    public async Task All_files_are_written_into_a_folder_that_need_not_exist_and_a_second_run_replaces_them()
    {
        var folder = In("hosts", "lab-1");
        await ReportWriter.WriteAsync(SampleReport.Of(SampleReport.Bad), folder, Token);

        var report = SampleReport.Of(SampleReport.Good);
        var paths = await ReportWriter.WriteAsync(report, folder, Token);

        Directory.GetFiles(folder).ShouldBe([paths.Json, paths.JUnit, paths.Html], ignoreOrder: true);
        File.ReadAllText(paths.Json).ShouldBe(JsonReport.Render(report));
        File.ReadAllText(paths.JUnit).ShouldBe(JUnitReport.Render(report));
        File.ReadAllText(paths.Html).ShouldBe(HtmlReport.Render(report));
    }
}
