using Spectre.Console;

namespace ContainerHost.Targets.Display;

/// <summary>Finds the terminal that somebody watches.</summary>
internal static class Terminal
{
    /// <summary>The terminal that the log goes to; null where that is a file or a pipe, can do no more than print, or belongs to a CI system.</summary>
    public static IAnsiConsole? Find(TextWriter log, bool isRedirected, Func<string, string?> variable)
    {
        // What every CI system sets (GitHub Actions, GitLab, Travis), and Azure Pipelines, Jenkins and TeamCity instead.
        string[] ofCi = ["CI", "TF_BUILD", "JENKINS_URL", "TEAMCITY_VERSION"];
        if (isRedirected || variable("TERM") == "dumb" || ofCi.Any(name => !string.IsNullOrEmpty(variable(name))))
            return null;
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(log) });
        return console.Profile.Capabilities is { Ansi: true, Interactive: true } ? console : null;
    }
}
