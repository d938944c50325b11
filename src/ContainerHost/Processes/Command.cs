namespace ContainerHost.Processes;

/// <summary>A program with its arguments as a list; never a string to be split by a shell.</summary>
public sealed record Command(string Program, params IReadOnlyList<string> Arguments)
{
    /// <summary>The folder it runs in; the build's own by default.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Variables added to the build's own environment.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Text for its standard input; empty by default. Secrets go this way, never by argument.</summary>
    public string StandardInput { get; init; } = "";

    /// <summary>The command as an operator would type it.</summary>
    public override string ToString() => PosixShell.Quote([Program, .. Arguments]);
}

/// <summary>What a finished command left: its exit code and both outputs, as text.</summary>
public sealed record CommandResult(int ExitCode, string StandardOutput, string StandardError)
{
    /// <summary>True when the exit code is 0.</summary>
    public bool Succeeded => ExitCode == 0;

    // Of standard error, or of standard output where that is empty.
    internal string LastLines(int count) =>
        string.Join('\n', (StandardError is "" ? StandardOutput : StandardError).Trim().Split('\n').TakeLast(count));
}
