using ContainerHost.Processes;

namespace ContainerHost.Prerequisites.Lists;

/// <summary>What a host that is given folders of this machine needs of it.</summary>
internal static class MountRequirements
{
    private const string Jail = "bubblewrap";
    private const string Server = "sftp-server";

    public static IEnumerable<RequirementCheck> For(LocalMachine machine) =>
        [
            new ToolRequirement(
                Jail,
                "bubblewrap, which shuts a guest in the folder that it is given",
                SftpServer.Jail,
                "--version",
                "bubblewrap"
            ).On(machine),
            new ToolRequirement("ssh", "OpenSSH's client, which leads to the guest", "ssh", "-V", "openssh-client").On(
                machine
            ),
            new(
                new Requirement
                {
                    Id = Server,
                    Title = "OpenSSH's SFTP server, by which a guest has a folder",
                    How = "It is looked for where distributions put it.",
                    Needed = "any version",
                    Fix = "install the package openssh-sftp-server.",
                    AptPackages = ["openssh-sftp-server"],
                },
                async token =>
                    await SftpServer.FindAsync(machine.Processes, token) is { } server
                        ? new Finding(true, server.Program)
                        : new Finding(false, "sftp-server is not there")
            ),
            new(
                new Requirement
                {
                    Id = "shut-in",
                    Title = "Namespaces for it",
                    How = "It is started as it will be shut in.",
                    Needed = "an SFTP server that starts there",
                    Fix =
                        "let this user make namespaces: kernel.unprivileged_userns_clone=1, user.max_user_namespaces above 0, and on Ubuntu an AppArmor profile for bwrap or kernel.apparmor_restrict_unprivileged_userns=0.",
                    DependsOn = [Jail, Server],
                },
                token => ProbeAsync(machine.Processes, token)
            ),
        ];

    private static async Task<Finding> ProbeAsync(IProcessRunner processes, CancellationToken cancellationToken)
    {
        var server = await SftpServer.FindAsync(processes, cancellationToken);
        var result = await processes.RunAsync(server!.Probe, cancellationToken);
        return result.Succeeded
            ? new Finding(true, "it starts")
            : new Finding(false, $"exit code {result.ExitCode}: {result.LastLines(1)}");
    }
}
