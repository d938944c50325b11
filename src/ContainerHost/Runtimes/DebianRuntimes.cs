using ContainerHost.Guests;
using ContainerHost.Media;
using ContainerHost.Runtimes.Containerd;
using ContainerHost.Runtimes.Docker;
using ContainerHost.Runtimes.MicroVms;
using ContainerHost.Runtimes.Packages;
using ContainerHost.Runtimes.UserCommand;
using ContainerHost.Specification;
using ContainerHost.Waiting;
using Serilog;

namespace ContainerHost.Runtimes;

/// <summary>The container runtimes of Debian guests.</summary>
internal static class DebianRuntimes
{
    /// <summary>What an image for such a host has of it already; null for nothing.</summary>
    public static ImageSoftware? SoftwareOf(HostSpec spec) =>
        PackagesOf(spec) is { Count: > 0 } packages ? DebianPackages.ForImage(packages) : null;

    public static IContainerRuntime? Create(
        HostSpec spec,
        IGuestShell shell,
        RuntimeSources sources,
        TimeProvider time,
        ILogger log
    )
    {
        var packages = new DebianPackages(shell, sources, PackagesOf(spec), time, log);
        var vm = new MicroVmIsolation(shell);
        var namespaces = new ContainerNamespaces(shell);
        var command = new GuestCommand(shell, spec);
        return spec.Runtime switch
        {
            RuntimeKind.Containerd => new ContainerdRuntime(
                shell,
                packages,
                sources,
                spec.VmIsolation == VmIsolationKind.Kata
                    ? new KataContainers(shell, sources, namespaces)
                    : new MicroVmContainers(shell, vm),
                namespaces,
                command,
                new Poll(time)
            ),
            RuntimeKind.Docker => new DockerRuntime(shell, packages, vm, command),
            RuntimeKind.None => null,
            _ => throw new NotSupportedException($"nothing says how {spec.Runtime} is installed"),
        };
    }

    // A version of the maker's own release brings containerd itself.
    private static IReadOnlyList<string> PackagesOf(HostSpec spec) =>
        spec.Runtime switch
        {
            RuntimeKind.Containerd =>
            [
                .. spec.RuntimeVersion is null ? ["containerd"] : Array.Empty<string>(),
                .. ContainerdRuntime.Packages,
                .. !spec.NeedsNested ? []
                : spec.VmIsolation == VmIsolationKind.Kata ? KataContainers.Packages
                : MicroVmIsolation.Packages,
            ],
            RuntimeKind.Docker => [.. DockerRuntime.Packages, .. spec.NeedsNested ? MicroVmIsolation.Packages : []],
            _ => [],
        };
}
