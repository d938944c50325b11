using System.Globalization;
using System.Xml.Linq;

namespace ContainerHost.Verification.Reports;

/// <summary>The table of checks, with the evidence of each to unfold; that of failed ones is unfolded.</summary>
internal static class HtmlChecks
{
    public static XElement Render(IReadOnlyList<CheckResult> checks) =>
        Html.Section(
            "checks",
            "Checks",
            Html.Tag(
                "table",
                Html.Class("checks"),
                Html.Columns("Result", "Check", "Duration"),
                Html.Tag("tbody", checks.Select(Row))
            )
        );

    /// <summary>The id of a check's row, to link to.</summary>
    public static string Anchor(int index) => string.Create(CultureInfo.InvariantCulture, $"check-{index + 1}");

    private static XElement Row(CheckResult check, int index) =>
        Html.Tag(
            "tr",
            Html.Attribute("id", Anchor(index)),
            Html.Tag(
                "td",
                Html.Tag(
                    "span",
                    Html.Class(check.Passed ? "badge passed" : "badge failed"),
                    check.Passed ? "passed" : "failed"
                )
            ),
            Html.Tag(
                "th",
                Html.Attribute("scope", "row"),
                check.Title,
                " ",
                Html.Tag("code", Html.Class("id"), check.Id),
                check.Problem is null ? null : Html.Tag("p", Html.Class("problem"), check.Problem),
                check.Evidence.Length == 0 ? null : Evidence(check)
            ),
            Html.Tag("td", Html.Class("duration"), DurationText.Of(check.DurationMs))
        );

    private static XElement Evidence(CheckResult check) =>
        Html.Tag(
            "details",
            check.Passed ? null : Html.Attribute("open", "open"),
            Html.Tag("summary", "Evidence", Html.Tag("span", Html.Class("unseen"), $" of {check.Title}")),
            Html.Tag("pre", Html.Attribute("tabindex", "0"), check.Evidence)
        );
}
