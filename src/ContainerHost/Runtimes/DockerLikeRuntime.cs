using ContainerHost.Guests;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Runtimes;

/// <summary>What runtimes have in common whose client takes Docker's words: docker itself, and nerdctl.</summary>
internal abstract class DockerLikeRuntime(IGuestShell shell, TimeSpan limit, ClientCommands client) : IContainerRuntime
{
    public abstract RuntimeKind Kind { get; }

    protected IGuestShell Shell => shell;

    protected TimeSpan Limit => limit;

    public abstract Task<RuntimeInfo> InstallAsync(bool vmIsolation, CancellationToken cancellationToken);

    public abstract Task<RuntimeInfo> InspectAsync(CancellationToken cancellationToken);

    public Task BuildImageAsync(string guestFolder, string image, CancellationToken cancellationToken) =>
        CheckedAsync(client.Build(guestFolder, image), $"build the image '{image}'", cancellationToken);

    public abstract Task RemoveImageAsync(string image, CancellationToken cancellationToken);

    public virtual async Task<ContainerResult> RunAsync(ContainerRun run, CancellationToken cancellationToken)
    {
        await RemoveAsync(run.Name, cancellationToken);
        var result = await shell.RunAsync(Client(["run", "--rm", .. client.Options(run)]), limit, cancellationToken);
        return new ContainerResult(result.ExitCode, result.StandardOutput, result.StandardError);
    }

    public async Task CreateAsync(ContainerRun run, CancellationToken cancellationToken)
    {
        await RemoveAsync(run.Name, cancellationToken);
        await CheckedAsync(
            Client(["create", .. client.Options(run)]),
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
        var list = await CheckedAsync(client.List, "list the containers", cancellationToken);
        return client.ReadList(list.StandardOutput);
    }

    protected Command Client(params IReadOnlyList<string> words) => client.Of(words);

    /// <summary>Imports an archive into a Windows guest without the network: copies it, has the client load it, and removes the copy.</summary>
    protected async Task ImportAsync(string archive, CancellationToken cancellationToken)
    {
        var target = $@"C:\ProgramData\ContainerHost\{Path.GetFileName(archive)}";
        await shell.UploadAsync(archive, target, UnixFileMode.UserRead, cancellationToken);
        await CheckedAsync(Client("load", "--input", target), "import the base image", cancellationToken);
        var delete = new Command("cmd.exe", "/c", "del", target);
        await CheckedAsync(delete, "remove the base image's archive", cancellationToken);
    }

    protected Task<CommandResult> CheckedAsync(
        Command command,
        string attempted,
        CancellationToken cancellationToken
    ) => shell.RunCheckedAsync(command, attempted, limit, cancellationToken);
}
