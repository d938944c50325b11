using ContainerHost.Guests;
using ContainerHost.Runtimes.Windows;
using ContainerHost.Specification;

namespace ContainerHost.Runtimes;

/// <summary>The container runtimes of Windows guests.</summary>
internal static class WindowsRuntimes
{
    public static IContainerRuntime? Create(HostSpec spec, IGuestShell shell, RuntimeSources sources) =>
        spec.Runtime switch
        {
            RuntimeKind.Containerd => new WindowsContainerd(shell, new WindowsReleases(shell, sources), spec),
            RuntimeKind.Docker => new WindowsDocker(
                shell,
                new DockerSource(sources, spec),
                spec.Windows ?? new WindowsSpec()
            ),
            RuntimeKind.None => null,
            _ => throw new NotSupportedException($"nothing says how {spec.Runtime} is installed"),
        };
}
