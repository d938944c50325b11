using System.Text.Json.Nodes;
using ContainerHost.Errors;
using ContainerHost.Specification;

namespace ContainerHost.Machines.Qemu;

/// <summary>
/// A machine's network as QEMU's own monitor tells and changes it, in one conversation: nobody else's commands come between. These answer in words
/// and never by an error of the protocol (QEMU 7.2, hmp_hostfwd_add and hmp_hostfwd_remove, https://github.com/qemu/qemu/blob/v7.2.0/net/slirp.c).
/// </summary>
internal sealed class UserNetwork(QmpClient qmp, string host)
{
    /// <summary>Its connections and forwards, as a table for people.</summary>
    public Task<string> ListAsync(CancellationToken cancellationToken) => AskAsync("info usernet", cancellationToken);

    /// <exception cref="ContainerHostException">QEMU cannot listen there.</exception>
    public async Task AddAsync(PortForward one, CancellationToken cancellationToken)
    {
        var line = $"hostfwd_add {QemuArguments.Network} {one.Protocol}:{one.Address}:{one.Port}-:{one.GuestPort}";
        if (await AskAsync(line, cancellationToken) is { Length: > 0 } refusal)
            throw Failed($"forward {one}", refusal);
    }

    /// <exception cref="ContainerHostException">There is none.</exception>
    public async Task RemoveAsync(PortForward one, CancellationToken cancellationToken)
    {
        var line = $"hostfwd_remove {QemuArguments.Network} {one.Protocol}:{one.Address}:{one.Port}";
        if (await AskAsync(line, cancellationToken) is var told && !told.EndsWith(" removed", StringComparison.Ordinal))
            throw Failed($"end the forward {one}", told);
    }

    private async Task<string> AskAsync(string line, CancellationToken cancellationToken)
    {
        var arguments = new JsonObject { ["command-line"] = line };
        var told = await qmp.ExecuteAsync("human-monitor-command", arguments, cancellationToken);
        return told?.GetValue<string>().Trim() ?? "";
    }

    private ContainerHostException Failed(string attempted, string saw) =>
        MachineFile.Failed(attempted, saw, host, "free the port, or choose another by --forward.");
}
