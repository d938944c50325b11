using ContainerHost.Prerequisites;

namespace ContainerHost.Hosts;

/// <summary>What CheckPrereqs found, as text for people.</summary>
public static class PrerequisiteTable
{
    /// <summary>A line a requirement: found, needed, verdict, how to fix it; cells are wrapped where <paramref name="width"/> is not null.</summary>
    public static string Render(PrerequisiteReport report, int? width) =>
        TextTable.Render(
            ["REQUIREMENT", "VERDICT", "NEEDED", "FOUND", "FIX"],
            report.Rows.Select(row =>
                (IReadOnlyList<string>)
                    [
                        row.Requirement.Title,
                        row.Verdict == Verdict.Ok ? "ok" : $"{row.Verdict}".ToUpperInvariant(),
                        row.Needed,
                        row.Found,
                        row.Fix,
                    ]
            ),
            width
        );
}
