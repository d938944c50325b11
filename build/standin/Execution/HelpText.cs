using System.Text;
using Nuke.Common.ValueInjection;

namespace Nuke.Common.Execution;

/// <summary>What <c>--help</c> prints; no package is loaded for it.</summary>
internal sealed class HelpText(
    NukeBuild build,
    IReadOnlyList<ExecutableTarget> targets,
    IReadOnlyList<ParameterMember> parameters
)
{
    private const int Width = 110;
    private const int LongestChoice = 32;

    private readonly StringBuilder _text = new();

    public override string ToString()
    {
        _text.Clear();
        var program = OperatingSystem.IsWindows() ? "build.cmd" : "./build.sh";
        _text.Append($"Usage: {program} [targets] [--parameter value]\n");
        Section("Targets", targets.Select(Line));
        var listed = parameters.Where(parameter => parameter.Listed).ToLookup(parameter => parameter.IsEngine);
        Section("Parameters", listed[false].Select(Line));
        Section("Parameters of the engine", listed[true].Select(Line));
        _text.Append("\nValues come from the command line, else from environment variables (NUKE_NAME),\n");
        _text.Append("else from .nuke/parameters.json and the profiles beside it.\n");
        _text.Append("The engine is a stand-in, for where the package feed has neither NUKE nor Fallout.\n");
        return _text.ToString();
    }

    private void Section(string title, IEnumerable<(string Term, string Text)> lines)
    {
        var list = lines.ToList();
        if (list.Count == 0)
            return;
        var column = list.Max(line => line.Term.Length) + 4;
        _text.Append($"\n{title}:\n");
        foreach (var (term, text) in list)
            _text.Append($"{$"  {term}".PadRight(column)}{Wrapped(text, column)}".TrimEnd()).Append('\n');
    }

    private static (string, string) Line(ExecutableTarget target)
    {
        var needs = string.Join(", ", target.ExecutionDependencies);
        var text = Sentence(target.Description) + (needs.Length == 0 ? "" : $"<- {needs}");
        return (target.Name + (target.IsDefault ? " (default)" : ""), text);
    }

    private (string, string) Line(ParameterMember parameter)
    {
        var choices = parameter.Choices(build);
        var isShort = choices?.Sum(choice => choice.Length + 1) <= LongestChoice;
        var value = $" <{(isShort ? string.Join('|', choices!) : parameter.ValueName)}>";
        var text = Sentence(parameter.Description);
        if (choices is not null && !isShort)
            text += $"One of {string.Join(", ", choices)}. ";
        if (parameter.IsSecret)
            text += "Secret: set it in the environment.";
        var term =
            $"--{parameter.DashedName}{(parameter.IsSwitch ? "" : value)}{(parameter.IsCollection ? " ..." : "")}";
        return (term, text);
    }

    private static string Sentence(string? text) => string.IsNullOrEmpty(text) ? "" : $"{text.TrimEnd('.')}. ";

    private static string Wrapped(string text, int column)
    {
        var lines = new List<string> { "" };
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (lines[^1].Length > 0 && column + lines[^1].Length + word.Length >= Width)
                lines.Add("");
            lines[^1] += lines[^1].Length == 0 ? word : $" {word}";
        }
        return string.Join("\n" + new string(' ', column), lines);
    }
}
