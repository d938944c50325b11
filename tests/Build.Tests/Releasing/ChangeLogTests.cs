using Releasing;

namespace Build.Tests.Releasing;

public sealed class ChangeLogTests
{
    [Theory]
    [InlineData("## 0.2.0 - 2026-11-26")]
    [InlineData("## [0.2.0] - 2026-11-26")]
    [InlineData("## 0.2.0 (2026-11-26)")]
    public void The_newest_section_is_the_notes(string heading)
    {
        var log = ChangeLog.Parse(
            $"# Changes\n\nWords.\n\n{heading}\n\n### Added\n- This.\n\n## 0.1.0 - 2026-01-02\n- That.\n"
        );

        log.Notes.ShouldBe("### Added\n- This.");
        log.ProblemsFor("0.2.0").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("# Changes\n", "has no section")]
    [InlineData("## 0.1.0 - 2026-11-26\n- This.", "newest section is of '0.1.0', and Directory.Build.props says 0.2.0")]
    [InlineData("## 0.2.0 (unreleased)\n- This.", "has no date but 'unreleased'")]
    [InlineData("## 0.2.0 - 2026-13-01\n- This.", "has no date but '2026-13-01'")]
    [InlineData("## 0.2.0\n- This.", "has no date but ''")]
    [InlineData("## 0.2.0 - 2026-11-26\n\n## 0.1.0 - 2026-01-02\n- That.", "section of 0.2.0 is empty")]
    public void What_is_wrong_with_it_is_told(string text, string problem) =>
        ChangeLog.Parse(text).ProblemsFor("0.2.0").ShouldHaveSingleItem().ShouldContain(problem);
}
