using ContainerHost.Runtimes;
using ContainerHost.Specification;

namespace ContainerHost.Verification.Checks;

/// <summary>Containers of the checks' image that run a few lines of shell.</summary>
internal static class ContainerScript
{
    /// <summary>Prints the boot id and the release of the kernel that the container runs on.</summary>
    public const string TellKernel =
        "echo boot=$(busybox cat /proc/sys/kernel/random/boot_id); echo kernel=$(busybox uname -r); ";

    public static ContainerRun Of(
        string name,
        string script,
        Isolation isolation = Isolation.Process,
        params IReadOnlyList<SharedFolder> folders
    ) =>
        new()
        {
            Name = name,
            Image = CheckContext.Image,
            Isolation = isolation,
            Command = ["/bin/busybox", "sh", "-c", script],
            SharedFolders = folders,
        };
}
