using ContainerHost.Errors;

namespace ContainerHost.Prerequisites;

/// <summary>What this machine has of what a host needs; <see cref="FixCommand"/> is the one command that installs all missing packages, or null.</summary>
public sealed record PrerequisiteReport(IReadOnlyList<PrerequisiteRow> Rows, string? FixCommand)
{
    /// <summary>True when nothing is missing.</summary>
    public bool Passed => Missing.Count == 0;

    /// <summary>The rows of what is missing.</summary>
    public IReadOnlyList<PrerequisiteRow> Missing { get; } = [.. Rows.Where(row => row.Verdict == Verdict.Missing)];

    /// <summary>The Debian packages that bring what is missing, sorted.</summary>
    public IReadOnlyList<string> AptPackages { get; } =
    [
        .. Rows.Where(row => row.Verdict == Verdict.Missing)
            .SelectMany(row => row.Requirement.AptPackages)
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The error that tells everything that is missing, with the command that installs it.</summary>
    public PrerequisitesMissingException ToException()
    {
        var byHand = Missing.Where(row => row.Requirement.AptPackages.Count == 0).Select(row => $"- {row.Fix}");
        string[] install = FixCommand is null ? [] : [$"run: {FixCommand}", "or add --install-prereqs, which runs it."];
        return new PrerequisitesMissingException(
            "find all that the host needs on this machine",
            string.Join('\n', Missing.Select(row => $"- {row.Requirement.Title}: {row.Found}; needed: {row.Needed}")),
            string.Join('\n', install.Concat(byHand))
        );
    }
}
