using ContainerHost.Guests;

namespace ContainerHost.Runtimes.Docker;

/// <summary>Docker Engine, driven by its own client; what is the same on every system.</summary>
internal abstract class DockerEngine(IGuestShell shell, TimeSpan limit, DockerCommands commands)
    : DockerLikeRuntime(shell, limit, commands)
{
    public override async Task RemoveImageAsync(string image, CancellationToken cancellationToken)
    {
        const string attempted = "remove an image";
        // "docker images" knows docker.io/library/busybox by no other name than busybox.
        var found = await Shell.RunAsync(
            commands.Of("image", "inspect", "--format", "{{.Id}}", image),
            cancellationToken
        );
        if (found.Succeeded)
            await CheckedAsync(commands.Of("rmi", image), attempted, cancellationToken);
    }

    /// <summary>The version of the running service.</summary>
    protected async Task<string> GetVersionAsync(CancellationToken cancellationToken) =>
        (await CheckedAsync(commands.ServerVersion, "ask Docker for its version", cancellationToken)).Trim();
}
