namespace Build.Tests.Processes;

/// <summary>What a run of the sample build ended with.</summary>
internal sealed record SampleRun(int ExitCode, string Output, string Error)
{
    /// <summary>The words of the summary's row of a target.</summary>
    public string Row(string target)
    {
        var row = Output.Split('\n').Last(line => line.StartsWith($"│ {target} ", StringComparison.Ordinal));
        return string.Join(' ', row.Split([' ', '│'], StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>The targets that did their work, in order.</summary>
    public string Worked =>
        string.Join(
            ' ',
            Output.Split('\n').Where(line => line.EndsWith(" at work", StringComparison.Ordinal)).Select(Name)
        );

    private static string Name(string line) => line.Split(' ')[^3];
}
