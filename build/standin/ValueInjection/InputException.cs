namespace Nuke.Common.ValueInjection;

/// <summary>What the user asked for cannot be; nothing was touched. Every problem is told at once.</summary>
internal sealed class InputException(params IReadOnlyCollection<string> problems)
    : Exception(string.Join(Environment.NewLine, problems))
{
    public const int ExitCode = 2;

    public IReadOnlyCollection<string> Problems { get; } = problems;
}
