using System.Globalization;
using System.Net;
using System.Text;

namespace ContainerHost.Verification.Reports;

/// <summary>Renders the report as the short Markdown that CI systems show beside a run.</summary>
internal static class CiMarkdown
{
    private const string Special = "\\`*_{}[]()#+-.!|~>\"'$:@";

    /// <summary>The verdict, a table of the checks, and each problem whole.</summary>
    public static string Render(VerificationReport report)
    {
        var passed = report.Checks.Count(check => check.Passed);
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"## {(report.Passed ? "✅" : "❌")} Container host {Escape(report.Host)}: {passed} of {report.Checks.Count} checks passed\n\n"
        );
        text.Append(
            CultureInfo.InvariantCulture,
            $"{Escape(report.Guest)} on {Escape(report.Hypervisor.Name)} ({Escape(report.Hypervisor.Accelerator)}), verified in {DurationText.Of(report.DurationMs)}.\n\n"
        );
        text.Append("| | Check | Duration |\n|---|---|---:|\n");
        foreach (var check in report.Checks)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {(check.Passed ? "✅" : "❌")} | {Escape(check.Title)} | {DurationText.Of(check.DurationMs)} |\n"
            );
        }
        foreach (var check in report.Checks.Where(check => !check.Passed))
        {
            var problem = SafeText.Clean(check.Problem ?? check.Evidence);
            // Inside <pre> Markdown ends, and only HTML's own characters are special.
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n### {Escape(check.Title)}\n\n<pre>{WebUtility.HtmlEncode(problem)}</pre>\n"
            );
        }
        return text.ToString();
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var c in SafeText.Clean(text))
        {
            escaped.Append(
                c switch
                {
                    '<' => "&lt;",
                    '&' => "&amp;",
                    '\n' => "<br>",
                    _ => Special.Contains(c, StringComparison.Ordinal) ? $"\\{c}" : $"{c}",
                }
            );
        }
        return escaped.ToString();
    }
}
