using ContainerHost.Guests;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Runtimes;

/// <summary>What runtimes have in common whose client takes Docker's words: docker itself, and nerdctl.</summary>
internal abstract class DockerLikeRuntime(IGuestShell shell, TimeSpan limit) : IContainerRuntime
{
    public abstract RuntimeKind Kind { get; }

    protected IGuestShell Shell => shell;

    protected TimeSpan Limit => limit;

    /// <summary>The command that lists all of our containers.</summary>
    protected abstract Command ListCommand { get; }

    public abstract Task<RuntimeInfo> InstallAsync(bool vmIsolation, CancellationToken cancellationToken);

    public abstract Task<RuntimeInfo> InspectAsync(CancellationToken cancellationToken);

    public abstract Task BuildImageAsync(string guestFolder, string image, CancellationToken cancellationToken);

    public abstract Task RemoveImageAsync(string image, CancellationToken cancellationToken);

    public virtual async Task<ContainerResult> RunAsync(ContainerRun run, CancellationToken cancellationToken)
    {
        await RemoveAsync(run.Name, cancellationToken);
        var result = await shell.RunAsync(Client(["run", "--rm", .. Options(run)]), limit, cancellationToken);
        return new ContainerResult(result.ExitCode, result.StandardOutput, result.StandardError);
    }

    public async Task CreateAsync(ContainerRun run, CancellationToken cancellationToken)
    {
        await RemoveAsync(run.Name, cancellationToken);
        await CheckedAsync(
            Client(["create", .. Options(run)]),
            $"create the container '{run.Name}'",
            cancellationToken
        );
    }

    public Task StartAsync(string name, CancellationToken cancellationToken) =>
        CheckedAsync(Client("start", name), $"start the container '{name}'", cancellationToken);

    public Task<CommandResult> ExecuteAsync(
        string name,
        IReadOnlyList<string> command,
        CancellationToken cancellationToken
    ) => shell.RunAsync(Client(["exec", name, .. command]), limit, cancellationToken);

    public Task StopAsync(string name, CancellationToken cancellationToken) =>
        CheckedAsync(
            Client("stop", "--time", $"{TimeLimits.ContainerEnd.TotalSeconds:0}", name),
            $"stop the container '{name}'",
            cancellationToken
        );

    public async Task RemoveAsync(string name, CancellationToken cancellationToken)
    {
        if ((await ListAsync(cancellationToken)).Any(container => container.Name == name))
            await CheckedAsync(Client("rm", "--force", name), $"remove the container '{name}'", cancellationToken);
    }

    public async Task<IReadOnlyList<ContainerStatus>> ListAsync(CancellationToken cancellationToken)
    {
        var list = await CheckedAsync(ListCommand, "list the containers", cancellationToken);
        return ReadList(list.StandardOutput);
    }

    /// <summary>The client with these words.</summary>
    protected abstract Command Client(params IReadOnlyList<string> words);

    /// <summary>The words of a container to run or create: options, image, command.</summary>
    protected abstract IReadOnlyList<string> Options(ContainerRun run);

    /// <summary>Reads what <see cref="ListCommand"/> prints.</summary>
    protected abstract IReadOnlyList<ContainerStatus> ReadList(string output);

    protected Task<CommandResult> CheckedAsync(
        Command command,
        string attempted,
        CancellationToken cancellationToken
    ) => shell.RunCheckedAsync(command, attempted, limit, cancellationToken);
}
