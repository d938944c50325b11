using ContainerHost.Processes;
using ContainerHost.Runtimes;
using ContainerHost.Verification.Checks;

namespace ContainerHost.Proving;

/// <summary>Says whether what came of a container is what was expected.</summary>
internal sealed class Judge(ProofPlan plan, string where)
{
    private const int Tail = 100;

    /// <summary>The evidence of a command that ended as it should; else a failure that names the isolation.</summary>
    public string End(ContainerResult result)
    {
        var command = plan.Command.Count > 0 ? PosixShell.Quote(plan.Command) : "the image's own command";
        var seen =
            $"{command}\nexit code {result.ExitCode}, expected {plan.ExitCode}{Shown("output", result.Output)}{Shown("error", result.Error)}{Shown("console", result.Console)}";
        Evidence.Require(
            result.ExitCode == plan.ExitCode,
            $"{where} the command ended with exit code {result.ExitCode} instead of {plan.ExitCode}.{Last(result)}",
            seen
        );
        if (plan.Output is { } expected)
            Evidence.Require(
                Normal(result.Output) == Normal(expected),
                $"{where} the command printed something else than expected.",
                $"{seen}{Shown("expected output", expected)}"
            );
        return seen;
    }

    /// <summary>The evidence of an answer with a status from 200 to 299; else a failure.</summary>
    public string Answer(ProbeAnswer answer, string? console)
    {
        var seen =
            $"{plan.Probe} answered {(answer.Status == 0 ? "nothing" : $"{answer.Status}")}{Shown("text", answer.Text)}{Shown("console", console)}";
        Evidence.Require(
            answer.Status is >= 200 and < 300,
            answer.Status == 0
                ? $"{where} nothing answered at {plan.Probe} within {plan.Probe!.Seconds:0} s: {answer.Text}"
                : $"{where} {plan.Probe} answered {answer.Status}, not a status from 200 to 299.",
            seen
        );
        return seen;
    }

    private static string Normal(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n');

    private static string Last(ContainerResult result) =>
        (result.Error.Trim() is { Length: > 0 } error ? error : result.Output.Trim()).Split('\n')[^1]
            is { Length: > 0 } line
            ? $" It said: {line}"
            : "";

    private static string Shown(string what, string? text)
    {
        if (text is null || text.Trim().Length == 0)
            return "";
        var lines = text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        var cut = lines.Length > Tail ? $", the last {Tail} of {lines.Length} lines" : "";
        return $"\n{what}{cut}:\n{string.Join('\n', lines.TakeLast(Tail))}";
    }
}
