namespace ContainerHost.Prerequisites.Lists;

/// <summary>What building the Debian guest from apt needs of this machine.</summary>
internal static class DebianImageRequirements
{
    private static readonly ToolRequirement[] Tools =
    [
        new("mmdebstrap", "mmdebstrap, which builds the guest", "mmdebstrap", "--version", "mmdebstrap"),
        new("mke2fs", "mke2fs, which makes its file system", "mke2fs", "-V", "e2fsprogs")
        {
            // It runs as root in the end, and only root's PATH is sure to have this folder.
            Elsewhere = ["/usr/sbin/mke2fs"],
        },
    ];

    public static IEnumerable<RequirementCheck> For(LocalMachine machine) =>
        [.. Tools.Select(tool => tool.On(machine)), FileRequirements.Keyring(machine), Root(machine)];

    private static RequirementCheck Root(LocalMachine machine) =>
        new(
            new Requirement
            {
                Id = "root",
                Title = "Root, to build the guest",
                How = "'id -u' and 'sudo -n true' are run.",
                Needed = "root, or sudo without a password",
                Fix = "run as root, allow sudo without a password, or bring a ready disk with --disk-image.",
            },
            async token =>
                await machine.FindPrivilegeAsync(token) switch
                {
                    Privilege.Root => new Finding(true, "root"),
                    Privilege.Sudo => new Finding(true, "sudo without a password"),
                    _ => new Finding(false, "not root, and 'sudo -n true' does not work"),
                }
        );
}
