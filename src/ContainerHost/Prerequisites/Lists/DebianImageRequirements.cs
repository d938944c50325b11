using ContainerHost.Prerequisites.Probes;
using ContainerHost.Processes;

namespace ContainerHost.Prerequisites.Lists;

/// <summary>What building the Debian guest from apt needs of this machine.</summary>
internal static class DebianImageRequirements
{
    public static IEnumerable<RequirementCheck> For(IProcessRunner processes, LocalMachine machine) =>
        [
            new ToolRequirement(
                "mmdebstrap",
                "mmdebstrap, which builds the guest",
                "mmdebstrap",
                "--version",
                "mmdebstrap"
            ).With(processes),
            new ToolRequirement("mke2fs", "mke2fs, which makes its file system", "mke2fs", "-V", "e2fsprogs")
            {
                // It runs as root in the end, and only root's PATH is sure to have this folder.
                Elsewhere = ["/usr/sbin/mke2fs"],
            }.With(processes),
            Keyring(machine),
            Root(processes),
        ];

    private static RequirementCheck Keyring(LocalMachine machine) =>
        new(
            new Requirement
            {
                Id = "keyring",
                Title = "The keys of Debian's archive",
                How = $"A keyring is looked for in {machine.KeyringsDirectory}.",
                Needed = "to check what the guest is built from",
                Fix = "install the package debian-archive-keyring.",
                AptPackages = ["debian-archive-keyring"],
            },
            new FileProbe(machine.KeyringsDirectory, "debian-archive-keyring.*")
        );

    private static RequirementCheck Root(IProcessRunner processes) =>
        new(
            new Requirement
            {
                Id = "root",
                Title = "Root, to build the guest",
                How = "'id -u' and 'sudo -n true' are run.",
                Needed = "root, or sudo without a password",
                Fix = "run as root, allow sudo without a password, or bring a ready disk with --disk-image.",
            },
            new PrivilegeProbe(processes)
        );
}
