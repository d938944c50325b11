using System.Text.Json.Nodes;

namespace ContainerHost.EndToEnd.Harness;

/// <summary>How a build ended: its exit code, its standard output, and everything it wrote.</summary>
internal sealed record BuildResult(int ExitCode, string Output, string Text)
{
    /// <summary>The machine-readable result.</summary>
    public JsonNode Json => JsonNode.Parse(Output)!;

    public override string ToString() => $"exit code {ExitCode} after\n{Text}";

    public BuildResult ShouldEndWith(int exitCode)
    {
        ExitCode.ShouldBe(exitCode, $"{Text}\n{Errors}");
        return this;
    }

    // Once more at the end, where a summary of failures looks.
    private string Errors =>
        string.Join(
            '\n',
            Text.Split('\n').SkipWhile(line => !line.Contains("[ERR]", StringComparison.Ordinal)).Take(8)
        );
}
