using ContainerHost.Errors;
using ContainerHost.Hosts.Steps;
using ContainerHost.Processes;
using ContainerHost.Proving;
using ContainerHost.Runtimes;
using ContainerHost.Specification;

namespace ContainerHost.Hosts;

/// <summary>One container of an image that the host has, run to its end for people, with the isolation that was asked for.</summary>
internal sealed class ContainerCommand(StepContext context)
{
    /// <summary>Returns what the container left; an exit code of its own is no error.</summary>
    public async Task<CommandResult> RunAsync(string? image, string? line, CancellationToken cancellationToken)
    {
        var spec = context.Spec;
        var command = Read(image, line);
        var existing = context.Session.Existing;
        if (existing.Runtime is null)
            throw Refused(
                "it has no container runtime",
                $"'./build.sh InstallContainers --name {spec.Name}' installs it."
            );
        var isVm = spec.Isolation == Isolation.HyperV;
        if (isVm && !existing.Spec.NeedsNested)
            throw Refused(
                "it was made for process isolation alone",
                $"'./build.sh InstallContainers --name {spec.Name} --isolation Both' gives it VM isolation."
            );
        await using var shell = await context.Connection.ConnectAsync(cancellationToken);
        var runtime = context.RuntimeOf(shell)!;
        var run = new ContainerRun
        {
            Name = $"run-{Guid.NewGuid().ToString("N")[..8]}",
            Image = image!,
            Isolation = isVm ? Isolation.HyperV : Isolation.Process,
            Command = command,
            EntryPoint = command.Count == 0 ? [] : await runtime.GetEntryPointAsync(image!, cancellationToken),
        };
        var result = await runtime.RunAsync(run, cancellationToken);
        return new CommandResult(result.ExitCode, result.Output, result.Error);
    }

    private static IReadOnlyList<string> Read(string? image, string? line)
    {
        var problems = new List<string>();
        // No client may take it for an option.
        if (string.IsNullOrWhiteSpace(image) || image.StartsWith('-') || image.Contains(',', StringComparison.Ordinal))
            problems.Add($"--image '{image}' is not valid. Allowed: the name of one image that the host has.");
        var words = CommandWords.Split(line ?? "");
        if (words is null)
            problems.Add($"--command '{line}' is not valid. Allowed: a command line; a quote is not closed.");
        return problems.Count == 0 ? words! : throw new InvalidInputException(problems);
    }

    private ContainerHostException Refused(string saw, string tryThis) =>
        new("run a container on the host", saw, tryThis, context.Spec.Name.Value);
}
