using ContainerHost.Guests;
using ContainerHost.Runtimes.Docker;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Runtimes.Windows;

/// <summary>Docker Engine on Windows, from the archive that its maker publishes. Both kinds of container are its own.</summary>
internal sealed class WindowsDocker(IGuestShell shell, DockerSource source, WindowsSpec windows)
    : DockerEngine(shell, TimeLimits.WindowsContainer, new DockerCommands(Program, isWindows: true))
{
    /// <summary>The client, where the archive's programs go.</summary>
    public const string Program = @"C:\Program Files\docker\docker.exe";

    private const string Folder = "docker";

    private readonly WindowsService _service = new(shell, "docker");

    public override async Task<RuntimeInfo> InstallAsync(bool vmIsolation, CancellationToken cancellationToken)
    {
        var (file, path) = await source.ObtainAsync(cancellationToken);
        await new ProgramArchive(Shell).InstallAsync(file, path, Folder, Folder, [_service.Name], cancellationToken);
        await Shell.RunScriptAsync(
            GuestScript.Load("Runtimes.Windows.configure-docker.ps1"),
            "configure Docker in the guest",
            Limit,
            cancellationToken,
            $"{windows.ContainerSubnet}"
        );
        if (windows.BaseImage is { } image)
            await ImportAsync(image, cancellationToken);
        return await InspectAsync(cancellationToken) with { Artifacts = [InstalledArtifact.Of(file)] };
    }

    public override async Task<RuntimeInfo> InspectAsync(CancellationToken cancellationToken)
    {
        await _service.RequireRunningAsync(cancellationToken);
        return new RuntimeInfo(Kind, await GetVersionAsync(cancellationToken), _service.Name, []);
    }
}
