namespace ContainerHost.Guests;

/// <summary>How a script of the user's ended: its exit code, and the line that it failed at where the shell that ran it knows it.</summary>
internal sealed record ScriptEnd(int ExitCode, int? Line)
{
    public bool Succeeded => ExitCode == 0;

    public override string ToString() =>
        Line is null ? $"exit code {ExitCode}" : $"exit code {ExitCode}, in line {Line}";
}
