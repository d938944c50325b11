using System.Xml.Linq;
using static ContainerHost.Verification.Reports.Html;

namespace ContainerHost.Verification.Reports;

/// <summary>The table of checks, with the evidence of each to unfold; that of failed ones is unfolded.</summary>
internal static class HtmlChecks
{
    public static XElement Render(IReadOnlyList<CheckResult> checks) =>
        Table("checks", "Checks", ["Result", "Check", "Duration"], checks.Select(Row));

    /// <summary>The id of a check's row, to link to.</summary>
    public static string Anchor(int index) => $"check-{index + 1}";

    private static XElement Row(CheckResult check, int index) =>
        Tag(
            "tr",
            Attribute("id", Anchor(index)),
            Tag(
                "td",
                Tag("span", Class(check.Passed ? "badge passed" : "badge failed"), check.Passed ? "passed" : "failed")
            ),
            Tag(
                "th",
                Attribute("scope", "row"),
                check.Title,
                " ",
                Tag("code", Class("id"), check.Id),
                check.Problem is null ? null : Tag("p", Class("problem"), check.Problem),
                check.Evidence.Length == 0 ? null : Evidence(check)
            ),
            Tag("td", Class("duration"), DurationText.Of(check.DurationMs))
        );

    private static XElement Evidence(CheckResult check) =>
        Tag(
            "details",
            check.Passed ? null : Attribute("open", "open"),
            Tag("summary", "Evidence", Tag("span", Class("unseen"), $" of {check.Title}")),
            Tag("pre", Attribute("tabindex", "0"), check.Evidence)
        );
}
