using ContainerHost.Guests;
using ContainerHost.Runtimes.Containerd;
using ContainerHost.Runtimes.Docker;
using ContainerHost.Runtimes.MicroVms;
using ContainerHost.Runtimes.Packages;
using ContainerHost.Specification;
using ContainerHost.Waiting;
using Serilog;

namespace ContainerHost.Runtimes;

/// <summary>The container runtimes of Debian guests.</summary>
internal static class DebianRuntimes
{
    public static IContainerRuntime? Create(
        HostSpec spec,
        IGuestShell shell,
        RuntimeSources sources,
        TimeProvider time,
        ILogger log
    )
    {
        var packages = new DebianPackages(shell, sources, time, log);
        var vm = new MicroVmIsolation(shell);
        var namespaces = new ContainerNamespaces(shell);
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
                new Poll(time)
            ),
            RuntimeKind.Docker => new DockerRuntime(shell, packages, vm),
            RuntimeKind.None => null,
            _ => throw new NotSupportedException($"nothing says how {spec.Runtime} is installed"),
        };
    }
}
