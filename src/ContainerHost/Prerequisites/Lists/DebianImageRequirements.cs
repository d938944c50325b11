using ContainerHost.Specification;

namespace ContainerHost.Prerequisites.Lists;

/// <summary>What building the Debian guest from apt needs of this machine.</summary>
internal static class DebianImageRequirements
{
    private static readonly ToolRequirement[] Tools =
    [
        new("mmdebstrap", "mmdebstrap, which builds the guest", "mmdebstrap", "--version", "mmdebstrap"),
        new("mke2fs", "mke2fs, which makes its file system", "mke2fs", "-V", "e2fsprogs")
        {
            // Only root's PATH is sure to have this folder.
            Elsewhere = ["/usr/sbin/mke2fs"],
        },
    ];

    public static IEnumerable<RequirementCheck> For(LocalMachine machine, GuestSource.Apt source)
    {
        RequirementCheck[] checks =
        [
            .. Tools.Select(tool => tool.On(machine)),
            FileRequirements.Keyring(machine, source),
            .. NamespaceRequirements.For(machine),
        ];
        return checks.Select(check => check with { IsOfMedium = true });
    }
}
