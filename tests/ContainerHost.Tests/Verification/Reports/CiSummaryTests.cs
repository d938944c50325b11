using ContainerHost.Verification.Reports;

namespace ContainerHost.Tests.Verification.Reports;

public sealed class CiSummaryTests : FolderTest
{
    private readonly StringWriter _console = new();

    public override ValueTask DisposeAsync()
    {
        _console.Dispose();
        return base.DisposeAsync();
    }

    [Fact]
    public async Task Github_gets_the_summary_appended_to_what_earlier_steps_wrote()
    {
        var file = Put("step.md", "earlier\n");

        await WriteAsync(("GITHUB_STEP_SUMMARY", file));

        var text = Read("step.md");
        text.ShouldStartWith("earlier\n## ❌ Container host lab\\-1: 1 of 2 checks passed\n");
        text.ShouldContain("| ✅ | Log in with the chosen credentials | 1.2 s |");
        text.ShouldContain("<pre>The container&#39;s text did not come on its console.\nTry:");
        _console
            .ToString()
            .ShouldStartWith($"::error title={SampleReport.Bad.Id} on lab-1::{SampleReport.Bad.Title}%0AThe container");
        _console.ToString().TrimEnd().ShouldNotContain('\n');
    }

    [Fact]
    public async Task Azure_pipelines_is_told_where_the_summary_lies()
    {
        await WriteAsync(("TF_BUILD", "True"));

        var path = In("summary.md");
        var lines = _console.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldBe($"##vso[task.uploadsummary]{path}");
        lines[1]
            .ShouldStartWith(
                $"##vso[task.logissue type=error]{SampleReport.Bad.Id} on lab-1: {SampleReport.Bad.Title}%0A"
            );
        lines.Length.ShouldBe(2);
        File.ReadAllText(path).ShouldStartWith("## ❌");
    }

    [Fact]
    public async Task Without_a_ci_system_nothing_is_written()
    {
        await WriteAsync();

        Directory.GetFileSystemEntries(Folder).ShouldBeEmpty();
        _console.ToString().ShouldBeEmpty();
    }

    [Fact]
    public void Text_cannot_leave_its_cell_nor_become_markup()
    {
        var check = SampleReport.Bad with { Title = "a|b\n<script>`x`", Problem = "</pre><script>" };

        var text = CiMarkdown.Render(SampleReport.Of(check));

        text.ShouldContain("| a\\|b<br>&lt;script\\>\\`x\\` |");
        text.ShouldContain("<pre>&lt;/pre&gt;&lt;script&gt;</pre>");
    }

    private Task WriteAsync(params (string Name, string Value)[] environment) =>
        new CiSummary(name => environment.FirstOrDefault(pair => pair.Name == name).Value, _console).WriteAsync(
            SampleReport.Of(SampleReport.Good, SampleReport.Bad),
            Folder,
            Token
        );
}
