using ContainerHost.Processes;
using ContainerHost.Tests.Sweeps;

namespace ContainerHost.EndToEnd.Harness;

/// <summary>This machine's real programs, one call of which goes wrong.</summary>
internal sealed class DisturbedProcesses(IProcessRunner real, Ports ports) : IProcessRunner
{
    public async Task<CommandResult> RunAsync(
        Command command,
        CancellationToken cancellationToken,
        Action<string>? onLine = null
    )
    {
        switch (ports.Enter(Port.Process, command.Program))
        {
            case null:
                return await real.RunAsync(command, cancellationToken, onLine);
            // What it did before is there, such as a machine that runs.
            case PortFault.Killed:
                await real.RunAsync(command, cancellationToken, onLine);
                return new CommandResult(137, "", "");
            case { } fault:
                return new CommandResult(1, "", $"{command.Program}: {Ports.Told(fault)}\n");
        }
    }
}
