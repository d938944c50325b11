using ContainerHost.Errors;
using ContainerHost.Machines.HyperV.Cim;
using ContainerHost.Waiting;

namespace ContainerHost.Machines.HyperV;

/// <summary>What is done at a machine's case and keyboard: starts machines and stops them, by the guest where it listens, else by the switch.</summary>
internal sealed class Power(HyperVHost host)
{
    private const string Keyboard = "Msvm_Keyboard";

    // Windows' virtual-key code VK_RETURN (Microsoft's "Virtual-Key Codes").
    private const uint Enter = 0x0D;

    private const string Events = "read the event log 'Microsoft-Windows-Hyper-V-Worker/Admin' of that host.";

    public Task StartAsync(HyperVMachine machine, CancellationToken cancellationToken) =>
        ReachAsync("start the machine", machine, HyperVState.Running, cancellationToken);

    /// <summary>Turns the machine off as if by its plug; nothing happens when it is off.</summary>
    public Task TurnOffAsync(HyperVMachine machine, CancellationToken cancellationToken) =>
        ReachAsync("turn the machine off", machine, HyperVState.Off, cancellationToken);

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
            // Its job may go on for long after a guest that does not hear; what counts is the machine's state.
            var (code, _) = await host.Space.InvokeAsync(ask, cancellationToken);
            if (code is not (CimCodes.Done or CimCodes.JobStarted))
                return false;
            return await host.Poll.UntilAsync(wait, token => LookOffAsync(machine, token), cancellationToken);
        }
        catch (ContainerHostException exception)
            when (exception is DeadlineException or CimCallException { Failure: not CimFailure.Unreachable })
        {
            // A guest without the service, or one that takes too long, is turned off by the caller, who says so.
            return false;
        }
    }

    /// <summary>
    /// What presses the Enter key through Msvm_Keyboard. The keyboard may be there only while the machine runs, so it is looked for at each press
    /// until it is found: by its association, and by its key where the association gives none (packer-plugin-hyperv does both).
    /// </summary>
    public Func<CancellationToken, Task> FindKey(HyperVMachine machine)
    {
        CimObject? keyboard = null;
        return async token =>
        {
            keyboard ??=
                await host.Machines.DeviceAsync(machine, Keyboard, token)
                ?? await FindKeyboardAsync(machine, token)
                ?? throw new ContainerHostException(
                    "press a key of the machine",
                    $"it has no keyboard; it is {machine.StateTitle}",
                    "look at the console in Hyper-V Manager.",
                    machine.Name
                );
            var call = new CimCall(
                "press a key of the machine",
                keyboard.Stored,
                "TypeKey",
                CimProperty.UInt32("keyCode", Enter)
            );
            await host.CallAsync(call, machine.Name, token);
        };
    }

    private async Task<CimObject?> FindKeyboardAsync(HyperVMachine machine, CancellationToken cancellationToken)
    {
        var query = WqlQuery.From(Keyboard).Where("SystemName", machine.System.Text("Name"));
        var found = await host.Space.QueryAsync(query, cancellationToken);
        return found.Count > 0 ? found[0] : null;
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
                $"the machine is {machine.StateTitle} instead of running",
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
        var now = await ReadAsync(machine, cancellationToken);
        return now.IsOff ? Looks.Found(true) : Looks.NotYet<bool>($"the machine is {now.StateTitle}");
    }

    // A machine on its way to another state refuses (MicrosoftDocs: 32775; Microsoft's own module turns off from running, paused and saved only).
    // So the way is waited for, and a refusal looked into: somebody else may have brought the machine where it was wanted.
    private Task<bool> ReachAsync(
        string attempted,
        HyperVMachine machine,
        HyperVState state,
        CancellationToken cancellationToken
    )
    {
        var call = new CimCall(
            attempted,
            machine.System.Stored,
            "RequestStateChange",
            CimProperty.UInt16("RequestedState", (ushort)state)
        )
        {
            Try = Events,
        };
        var wait = new Wait($"the machine is {state}", TimeLimits.HyperVState, Events, machine.Name);
        return host.Poll.UntilAsync(wait, LookAsync, cancellationToken);

        async Task<Look<bool>> LookAsync(CancellationToken token)
        {
            var now = await ReadAsync(machine, token);
            if (now.State == state)
                return Looks.Found(true);
            if (now.IsPassing)
                return Looks.NotYet<bool>($"the machine is {now.StateTitle}");
            try
            {
                // Its job may take longer than the state is waited for; jobs have a limit of their own.
                await host.CallAsync(call, machine.Name, cancellationToken);
                return Looks.Found(true);
            }
            catch (CimCallException refused) when (CimCodes.PassesBy(refused.Code))
            {
                return Looks.NotYet<bool>($"the machine is {now.StateTitle}; {refused.Saw}");
            }
        }
    }

    private async Task<HyperVMachine> ReadAsync(HyperVMachine machine, CancellationToken cancellationToken) =>
        machine with
        {
            System = await host.Space.GetAsync(machine.System.Stored, cancellationToken),
        };
}
