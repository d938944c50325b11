using ContainerHost.Errors;
using ContainerHost.Processes;

namespace ContainerHost.Tests.Prerequisites;

/// <summary>A machine's programs: each command line has its answers, in turn, the last one for good; any other program is not there.</summary>
internal sealed class FakeProcessRunner : IProcessRunner
{
    private readonly Dictionary<string, Queue<CommandResult>> _answers = [];

    public List<string> Ran { get; } = [];

    public FakeProcessRunner Answer(string commandLine, string output = "", int exitCode = 0, string error = "")
    {
        if (!_answers.TryGetValue(commandLine, out var queue))
            _answers[commandLine] = queue = new Queue<CommandResult>();
        queue.Enqueue(new CommandResult(exitCode, output, error));
        return this;
    }

    public FakeProcessRunner Without(string commandLine)
    {
        _answers.Remove(commandLine);
        return this;
    }

    public Task<CommandResult> RunAsync(
        Command command,
        CancellationToken cancellationToken,
        Action<string>? onLine = null
    )
    {
        Ran.Add($"{command}");
        if (!_answers.TryGetValue($"{command}", out var queue))
            throw new PrerequisitesMissingException($"run {command.Program}", "no such file", "install it");
        var result = queue.Count > 1 ? queue.Dequeue() : queue.Peek();
        if (result.StandardOutput.Length > 0)
            onLine?.Invoke(result.StandardOutput);
        return Task.FromResult(result);
    }
}
