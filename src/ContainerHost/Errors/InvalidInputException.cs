namespace ContainerHost.Errors;

/// <summary>The input is wrong: every problem at once, found before anything was touched.</summary>
public sealed class InvalidInputException(IReadOnlyList<string> problems)
    : ContainerHostException(
        "accept the input",
        string.Join('\n', problems.Select(problem => $"- {problem}")),
        "correct the above; './build.sh --help' lists parameters with their allowed values."
    )
{
    /// <summary>Each problem, one sentence each, naming the parameter and what it may be.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;

    /// <inheritdoc/>
    public override int ExitCode => ExitCodes.InvalidInput;
}
