using ContainerHost.Errors;

namespace ContainerHost.Targets.Hosting;

/// <summary>What --json prints when a run fails; <c>docs/schema/error.schema.json</c> describes it.</summary>
internal sealed record ErrorDocument(
    int ExitCode,
    string Attempted,
    string? Host,
    string Saw,
    string Try,
    IReadOnlyList<string> Problems
)
{
    private const string EnginesMark = "error: ";

    /// <summary>The document of what a target failed with.</summary>
    public static ErrorDocument Of(Exception failure, int exitCode) =>
        failure is ContainerHostException told
            ? new(exitCode, told.Attempted, told.Host, told.Saw, told.Try, Listed(told.Saw.Split('\n'), "- "))
            : new(
                exitCode,
                "finish what was asked for",
                null,
                failure.Message,
                exitCode == ExitCodes.Cancelled ? "run it again." : "look into .nuke/temp/build.log.",
                []
            );

    /// <summary>The document of a run that the engine ended by itself, by the last lines that it told.</summary>
    public static ErrorDocument Of(IReadOnlyList<string> lines, int exitCode)
    {
        var problems = Listed(lines, EnginesMark);
        return new(
            exitCode,
            exitCode == ExitCodes.InvalidInput ? "accept the input" : "run the build",
            null,
            string.Join('\n', problems.Count > 0 ? problems : lines),
            "correct what it names; './build.sh --help' lists all targets and parameters.",
            problems
        );
    }

    private static List<string> Listed(IEnumerable<string> lines, string mark) =>
        [
            .. lines
                .Where(line => line.StartsWith(mark, StringComparison.Ordinal))
                .Select(line => line[mark.Length..].Trim()),
        ];
}
