using ContainerHost.Guests;
using ContainerHost.Processes;
using ContainerHost.Specification;

namespace ContainerHost.Runtimes.Docker;

/// <summary>Docker Engine, driven by its own client; what is the same on every system.</summary>
internal abstract class DockerEngine(IGuestShell shell, TimeSpan limit, DockerCommands commands)
    : DockerLikeRuntime(shell, limit)
{
    public override RuntimeKind Kind => RuntimeKind.Docker;

    protected override Command ListCommand => commands.List;

    public override Task BuildImageAsync(string guestFolder, string image, CancellationToken cancellationToken) =>
        CheckedAsync(commands.Build(guestFolder, image), $"build the image '{image}'", cancellationToken);

    public override async Task RemoveImageAsync(string image, CancellationToken cancellationToken)
    {
        const string attempted = "remove an image";
        var found = await CheckedAsync(Client("images", "--quiet", image), attempted, cancellationToken);
        if (found.StandardOutput.Trim().Length > 0)
            await CheckedAsync(Client("rmi", image), attempted, cancellationToken);
    }

    /// <summary>The version of the running service.</summary>
    protected async Task<string> GetVersionAsync(CancellationToken cancellationToken)
    {
        var version = await CheckedAsync(commands.ServerVersion, "ask Docker for its version", cancellationToken);
        return version.StandardOutput.Trim();
    }

    protected override Command Client(params IReadOnlyList<string> words) => commands.Of(words);

    protected override IReadOnlyList<string> Options(ContainerRun run) => DockerCommands.Options(run);

    protected override IReadOnlyList<ContainerStatus> ReadList(string output) => DockerCommands.ReadList(output);
}
