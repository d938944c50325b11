using ContainerHost.Prerequisites.Probes;
using ContainerHost.Processes;

namespace ContainerHost.Prerequisites;

/// <summary>Finds out how this process may act as root, by trying.</summary>
internal sealed class Privileges(IProcessRunner processes)
{
    public async Task<Privilege> FindAsync(CancellationToken cancellationToken)
    {
        var id = await processes.TryRunAsync(new Command("id", "-u"), cancellationToken);
        if (id?.StandardOutput.Trim() == "0")
            return Privilege.Root;
        var sudo = await processes.TryRunAsync(Sudo.Of(new Command("true")), cancellationToken);
        return sudo is { Succeeded: true } ? Privilege.Sudo : Privilege.None;
    }
}
