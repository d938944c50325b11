using ContainerHost.Errors;
using ContainerHost.Machines.HyperV.Cim;
using ContainerHost.Waiting;

namespace ContainerHost.Machines.HyperV;

/// <summary>What is done at a machine's case and keyboard: starts machines and stops them, by the guest where it listens, else by the switch.</summary>
internal sealed class Power(HyperVHost host)
{
    private const ushort Start = 2;
    private const ushort TurnOff = 3;

    // Windows' virtual-key code VK_SPACE (Microsoft's "Virtual-Key Codes").
    private const uint Space = 0x20;

    private const string Events = "read the event log 'Microsoft-Windows-Hyper-V-Worker/Admin' of that host.";

    public async Task StartAsync(HyperVMachine machine, CancellationToken cancellationToken)
    {
        if (machine.State is not (HyperVState.Running or HyperVState.Starting or HyperVState.Resuming))
            await RequestAsync("start the machine", machine, Start, cancellationToken);
    }

    /// <summary>Turns the machine off as if by its plug; nothing happens when it is off.</summary>
    public async Task TurnOffAsync(HyperVMachine machine, CancellationToken cancellationToken)
    {
        if (!machine.IsOff)
            await RequestAsync("turn the machine off", machine, TurnOff, cancellationToken);
    }

    /// <summary>Asks the guest to shut down and waits; false when it did not, or cannot hear.</summary>
    public async Task<bool> ShutDownAsync(HyperVMachine machine, TimeSpan grace, CancellationToken cancellationToken)
    {
        if (grace <= TimeSpan.Zero || machine.State != HyperVState.Running)
            return false;
        var component = await host.Machines.DeviceAsync(machine, "Msvm_ShutdownComponent", cancellationToken);
        if (component is null)
            return false;
        var ask = new CimCall(
            "ask the guest to shut down",
            component.Stored,
            "InitiateShutdown",
            CimProperty.Boolean("Force", true),
            CimProperty.String("Reason", "ContainerHost stops the machine.")
        );
        var wait = new Wait("the guest shuts down", grace, "nothing: it is turned off now.") { Host = machine.Name };
        try
        {
            await host.CallAsync(ask, machine.Name, cancellationToken);
            return await host.Poll.UntilAsync(wait, token => LookOffAsync(machine, token), cancellationToken);
        }
        catch (ContainerHostException exception)
            when (exception is DeadlineException or CimCallException { Failure: not CimFailure.Unreachable })
        {
            // A guest without the service, or one that takes too long, is turned off by the caller, who says so.
            return false;
        }
    }

    /// <summary>Presses the space bar of a running machine, through Msvm_Keyboard.</summary>
    public async Task PressSpaceAsync(HyperVMachine machine, CancellationToken cancellationToken)
    {
        var keyboard =
            await host.Machines.DeviceAsync(machine, "Msvm_Keyboard", cancellationToken)
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

    /// <summary>Waits until the guest has an address that somebody gave it.</summary>
    public Task<string> WaitForAddressAsync(MachineSpec spec, CancellationToken cancellationToken)
    {
        var wait = new Wait(
            "the guest reports an address",
            TimeLimits.HyperVAddress,
            "look at the console in Hyper-V Manager; on Linux the guest needs the package hyperv-daemons, and the switch a DHCP server behind it."
        )
        {
            Host = spec.Name.Value,
        };
        return host.Poll.UntilAsync(wait, token => LookForAddressAsync(spec, token), cancellationToken);
    }

    private async Task<Look<string>> LookForAddressAsync(MachineSpec spec, CancellationToken cancellationToken)
    {
        var machine = await host.Machines.NeedAsync(spec, cancellationToken);
        if (machine.Seen != MachineState.Running)
            throw new ContainerHostException(
                "wait for the guest's address",
                $"the machine is {machine.State} instead of running",
                Events,
                spec.Name.Value
            );
        if (await new GuestAddresses(host).FindAsync(machine, cancellationToken) is { } address)
            return Looks.Found(address);
        var heartbeat = await host.Machines.DeviceAsync(machine, "Msvm_HeartbeatComponent", cancellationToken);
        var beats = heartbeat?.Get<ushort[]>("OperationalStatus") is [2, ..];
        return Looks.NotYet<string>(beats ? "a heartbeat, and no address" : "no heartbeat and no address");
    }

    private async Task<Look<bool>> LookOffAsync(HyperVMachine machine, CancellationToken cancellationToken)
    {
        var now = machine with { System = await host.Space.GetAsync(machine.System.Stored, cancellationToken) };
        return now.IsOff ? Looks.Found(true) : Looks.NotYet<bool>($"the machine is {now.State}");
    }

    private Task<CimObject> RequestAsync(
        string attempted,
        HyperVMachine machine,
        ushort state,
        CancellationToken cancellationToken
    )
    {
        var call = new CimCall(
            attempted,
            machine.System.Stored,
            "RequestStateChange",
            CimProperty.UInt16("RequestedState", state)
        )
        {
            Try = Events,
        };
        return host.CallAsync(call, machine.Name, cancellationToken);
    }
}
