using ContainerHost.Guests;
using ContainerHost.Runtimes.Docker;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Runtimes.Windows;

/// <summary>Docker Engine on Windows, from the archive that its maker publishes. Both kinds of container are its own.</summary>
internal sealed class WindowsDocker(IGuestShell shell, DockerSource source, WindowsSpec windows)
    : DockerEngine(shell, TimeLimits.WindowsContainer, new DockerCommands(Program, isWindows: true))
{
    private const string Program = @"C:\Program Files\docker\docker.exe";

    // The service, and the folder of its programs.
    private const string Name = "docker";

    public override async Task<RuntimeInfo> InstallAsync(bool vmIsolation, CancellationToken cancellationToken)
    {
        var (file, path) = await source.ObtainAsync(cancellationToken);
        await new ProgramArchive(Shell).InstallAsync(file, path, Name, Name, [Name], cancellationToken);
        await Shell.RunScriptAsync(
            "Runtimes.Windows.configure-docker.ps1",
            "configure Docker in the guest",
            TimeLimits.WindowsContainer,
            cancellationToken,
            $"{windows.ContainerSubnet}"
        );
        if (windows.BaseImage is { } image)
            await ImportAsync(image, cancellationToken);
        return await InspectAsync(cancellationToken) with { Artifacts = [InstalledArtifact.Of(file)] };
    }

    public override async Task<RuntimeInfo> InspectAsync(CancellationToken cancellationToken)
    {
        await RequireServiceAsync(Name, cancellationToken);
        return new RuntimeInfo(RuntimeKind.Docker, await GetVersionAsync(cancellationToken), Name, []);
    }
}
