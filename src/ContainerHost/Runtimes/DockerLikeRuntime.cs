using ContainerHost.Guests;
using ContainerHost.Processes;
using ContainerHost.Waiting;

namespace ContainerHost.Runtimes;

/// <summary>What runtimes have in common whose client takes Docker's words: docker itself, and nerdctl.</summary>
internal abstract class DockerLikeRuntime(IGuestShell shell, TimeSpan limit, ClientCommands client) : IContainerRuntime
{
    protected IGuestShell Shell => shell;

    public abstract Task<RuntimeInfo> InstallAsync(bool vmIsolation, CancellationToken cancellationToken);

    public abstract Task<RuntimeInfo> InspectAsync(CancellationToken cancellationToken);

    public Task BuildImageAsync(string guestFolder, string image, CancellationToken cancellationToken) =>
        CheckedAsync(client.Build(guestFolder, image), $"build the image '{image}'", cancellationToken);

    public virtual Task LoadImageAsync(string archive, CancellationToken cancellationToken) =>
        ImportAsync(archive, cancellationToken);

    public async Task<PulledImage> PullImageAsync(string reference, CancellationToken cancellationToken)
    {
        var attempted = $"pull the image '{reference}'";
        var pull = Client("pull", "--quiet", reference);
        await shell.RunCheckedAsync(pull, attempted, cancellationToken, TimeLimits.ImageLoad);
        var inspect = Client("image", "inspect", "--format", "{{json .}}", reference);
        return PulledImage.ReadInspected(await CheckedAsync(inspect, attempted, cancellationToken));
    }

    public async Task<string> GetAddressAsync(string name, CancellationToken cancellationToken)
    {
        const string format = "{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}";
        var inspect = Client("inspect", "--format", format, name);
        var said = await CheckedAsync(inspect, $"find the address of the container '{name}'", cancellationToken);
        return said.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).FirstOrDefault("");
    }

    public abstract Task RemoveImageAsync(string image, CancellationToken cancellationToken);

    public virtual async Task<ContainerResult> RunAsync(ContainerRun run, CancellationToken cancellationToken)
    {
        await RemoveAsync(run.Name, cancellationToken);
        // One that nobody waits for any more may still run.
        var result = await Afterwards.RunAsync(
            () => shell.RunAsync(Client(["run", "--rm", .. client.Options(run)]), limit, cancellationToken),
            token => RemoveAsync(run.Name, token),
            cancellationToken
        );
        return new ContainerResult(result.ExitCode, result.StandardOutput, result.StandardError);
    }

    public async Task CreateAsync(ContainerRun run, CancellationToken cancellationToken)
    {
        await RemoveAsync(run.Name, cancellationToken);
        var create = Client(["create", .. client.Options(run)]);
        await CheckedAsync(create, $"create the container '{run.Name}'", cancellationToken);
    }

    public Task StartAsync(string name, CancellationToken cancellationToken) =>
        CheckedAsync(Client("start", name), $"start the container '{name}'", cancellationToken);

    public Task<CommandResult> ExecuteAsync(
        string name,
        IReadOnlyList<string> command,
        CancellationToken cancellationToken
    ) => shell.RunAsync(Client(["exec", name, .. command]), limit, cancellationToken);

    public Task StopAsync(string name, CancellationToken cancellationToken)
    {
        var stop = Client("stop", "-t", $"{TimeLimits.ContainerEnd.TotalSeconds:0}", name);
        return CheckedAsync(stop, $"stop the container '{name}'", cancellationToken);
    }

    public async Task RemoveAsync(string name, CancellationToken cancellationToken)
    {
        if ((await ListAsync(cancellationToken)).Any(container => container.Name == name))
            await CheckedAsync(Client("rm", "--force", name), $"remove the container '{name}'", cancellationToken);
    }

    public async Task<IReadOnlyList<ContainerStatus>> ListAsync(CancellationToken cancellationToken) =>
        client.ReadList(await CheckedAsync(client.List, "list the containers", cancellationToken));

    protected Command Client(params IReadOnlyList<string> words) => client.Of(words);

    /// <summary>Waits until a service of Windows runs; one that does not is an error with what it last logged.</summary>
    protected Task RequireServiceAsync(string name, CancellationToken cancellationToken)
    {
        const string script = "Runtimes.Windows.wait-for-service.ps1";
        return shell.RunScriptAsync(script, $"have {name} run in the guest", cancellationToken, name);
    }

    /// <summary>Imports an archive into a Windows guest without the network: copies it, has the client load it, and removes the copy.</summary>
    protected async Task ImportAsync(string archive, CancellationToken cancellationToken)
    {
        var target = $@"C:\ProgramData\ContainerHost\{Path.GetFileName(archive)}";
        await shell.UploadAsync(archive, target, UnixFileMode.UserRead, cancellationToken);
        await CheckedAsync(Client("load", "--input", target), "import the image", cancellationToken);
        var delete = new Command("cmd.exe", "/c", "del", target);
        await CheckedAsync(delete, "remove the image's archive", cancellationToken);
    }

    protected Task<string> CheckedAsync(Command command, string attempted, CancellationToken cancellationToken) =>
        shell.RunCheckedAsync(command, attempted, cancellationToken, limit);
}
