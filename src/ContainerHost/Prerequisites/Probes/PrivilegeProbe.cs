using ContainerHost.Processes;

namespace ContainerHost.Prerequisites.Probes;

/// <summary>Looks whether this process is root or becomes it without a password.</summary>
internal sealed class PrivilegeProbe(IProcessRunner processes) : IProbe
{
    public async Task<Finding> LookAsync(CancellationToken cancellationToken) =>
        await new Privileges(processes).FindAsync(cancellationToken) switch
        {
            Privilege.Root => new Finding(true, "root"),
            Privilege.Sudo => new Finding(true, "sudo without a password"),
            _ => new Finding(false, "not root, and 'sudo -n true' does not work"),
        };
}
