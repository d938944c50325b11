using System.Net;
using ContainerHost.Errors;

namespace ContainerHost.Verification.Reports;

/// <summary>Renders the report as the short Markdown that CI systems show beside a run.</summary>
internal static class CiMarkdown
{
    private const string Special = "\\`*_{}[]()#+-.!|~>\"'$:@";

    /// <summary>The verdict, a table of the checks, and each problem whole.</summary>
    public static string Render(VerificationReport report)
    {
        var (checks, hypervisor) = (report.Checks, report.Hypervisor);
        var place = $"{Escape(report.Guest)} on {Escape(hypervisor.Name)} ({Escape(hypervisor.Accelerator)})";
        var words = ReportWords.Of(report);
        return string.Concat([
            $"## {Mark(report.Passed)} {Escape(words.Title)}: ",
            $"{checks.Count(check => check.Passed)} of {checks.Count} checks passed\n\n",
            report.NotAsked is { } left ? $"Not asked for: {Escape(string.Join(", ", left))}.\n\n" : "",
            $"{place}, {words.Done} in {DurationText.Of(report.DurationMs)}.\n\n",
            .. (report.Images ?? []).Select(Image),
            "| | Check | Duration |\n|---|---|---:|\n",
            .. checks.Select(Row),
            .. checks.Where(check => !check.Passed).Select(Problem),
        ]);
    }

    private static string Image(ProvedImage image) =>
        $"- {Escape(image.Image)}: {Escape(image.Digest ?? image.ImageId ?? "not there")}, "
        + $"{string.Join(", ", image.Verdicts.Select(one => $"{one.Isolation} {Mark(one.Passed)}"))}\n\n";

    private static string Row(CheckResult check) =>
        $"| {Mark(check.Passed)} | {Escape(check.Title)} | {DurationText.Of(check.DurationMs)} |\n";

    // Inside <pre> Markdown ends, and only HTML's own characters are special.
    private static string Problem(CheckResult check) =>
        $"\n### {Escape(check.Title)}\n\n<pre>{WebUtility.HtmlEncode(SafeText.Clean(check.Problem ?? check.Evidence))}</pre>\n";

    private static string Mark(bool passed) => passed ? "✅" : "❌";

    private static string Escape(string text) => string.Concat(SafeText.Clean(text).Select(Escape));

    private static string Escape(char c) =>
        c switch
        {
            '<' => "&lt;",
            '&' => "&amp;",
            '\n' => "<br>",
            _ => Special.Contains(c, StringComparison.Ordinal) ? $"\\{c}" : $"{c}",
        };
}
