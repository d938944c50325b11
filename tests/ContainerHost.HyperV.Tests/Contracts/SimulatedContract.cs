using ContainerHost.EndToEnd.Contracts;
using ContainerHost.Files;
using ContainerHost.HyperV.Simulator;
using ContainerHost.Machines;

namespace ContainerHost.HyperV.Tests.Contracts;

/// <summary>The suite that every hypervisor passes, on a simulated Hyper-V host.</summary>
public abstract class SimulatedContract(HostOptions options) : HypervisorContract
{
    private readonly Scene _scene = new(options);

    internal override IHypervisor Hypervisor => _scene.Hypervisor;

    internal override Task<MachineSpec> DescribeAsync(string name) => Task.FromResult(_scene.Describe(name));

    internal override Task WaitForGuestAsync(HostFolder folder) => Task.CompletedTask;

    internal override Task<IReadOnlyList<string>> LeftoversAsync(MachineSpec machine) =>
        Task.FromResult(_scene.LeftoversOf(machine));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _scene.Dispose();
        GC.SuppressFinalize(this);
    }
}
