using ContainerHost.Errors;
using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.Machines.HyperV;

/// <summary>The keyboard of a running machine, through Msvm_Keyboard.</summary>
internal sealed class Keyboard(HyperVHost host, VirtualMachines machines)
{
    // Windows' virtual-key code VK_SPACE (Microsoft's "Virtual-Key Codes").
    private const uint Space = 0x20;

    public async Task PressSpaceAsync(HyperVMachine machine, CancellationToken cancellationToken)
    {
        var keyboard =
            await machines.DeviceAsync(machine, "Msvm_Keyboard", cancellationToken)
            ?? throw new ContainerHostException(
                "press a key of the machine",
                $"it has no keyboard; it is {machine.State}",
                "look at the console in Hyper-V Manager.",
                machine.Name
            );
        var call = new CimCall(
            "press a key of the machine",
            keyboard.Stored,
            "TypeKey",
            CimProperty.UInt32("keyCode", Space)
        );
        await host.CallAsync(call, machine.Name, cancellationToken);
    }
}
