using System.ComponentModel;
using System.Text;
using CliWrap;
using ContainerHost.Errors;

namespace ContainerHost.Processes;

/// <summary>The one process runner, over CliWrap.</summary>
public sealed class ProcessRunner : IProcessRunner
{
    /// <summary>Which of the build's own variables a program gets that its command does not name; all by default.</summary>
    internal Func<string, bool> Passes { get; init; } = _ => true;

    /// <inheritdoc/>
    public async Task<CommandResult> RunAsync(
        Command command,
        CancellationToken cancellationToken,
        Action<string>? onLine = null
    )
    {
        var output = new StringBuilder();
        var error = new StringBuilder();
        try
        {
            var result = await Cli.Wrap(command.Program)
                .WithArguments(command.Arguments)
                .WithWorkingDirectory(command.WorkingDirectory ?? Directory.GetCurrentDirectory())
                .WithEnvironmentVariables(VariablesOf(command))
                .WithStandardInputPipe(PipeSource.FromString(command.StandardInput))
                .WithStandardOutputPipe(Pipe(output, onLine))
                .WithStandardErrorPipe(Pipe(error, onLine))
                .WithValidation(CommandResultValidation.None)
                .ExecuteAsync(cancellationToken);
            return new CommandResult(result.ExitCode, output.ToString(), error.ToString());
        }
        catch (Win32Exception exception)
        {
            throw new PrerequisitesMissingException(
                $"run {command.Program}",
                exception.Message,
                "run the target CheckPrereqs with --install-prereqs, which installs what is missing."
            );
        }
    }

    // One that is null is taken away.
    private Dictionary<string, string?> VariablesOf(Command command)
    {
        var variables = Environment
            .GetEnvironmentVariables()
            .Keys.OfType<string>()
            .Where(name => !Passes(name))
            .ToDictionary(name => name, _ => (string?)null);
        foreach (var (name, value) in command.Environment)
            variables[name] = value;
        return variables;
    }

    private static PipeTarget Pipe(StringBuilder text, Action<string>? onLine) =>
        onLine is null
            ? PipeTarget.ToStringBuilder(text)
            : PipeTarget.Merge(PipeTarget.ToStringBuilder(text), PipeTarget.ToDelegate(onLine));
}
