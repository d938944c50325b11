using System.ComponentModel;
using System.Text;
using CliWrap;
using ContainerHost.Errors;

namespace ContainerHost.Processes;

/// <summary>The one process runner, over CliWrap.</summary>
public sealed class ProcessRunner : IProcessRunner
{
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
                .WithEnvironmentVariables(command.Environment)
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

    private static PipeTarget Pipe(StringBuilder text, Action<string>? onLine) =>
        onLine is null
            ? PipeTarget.ToStringBuilder(text)
            : PipeTarget.Merge(PipeTarget.ToStringBuilder(text), PipeTarget.ToDelegate(onLine));
}
