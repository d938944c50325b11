using ContainerHost.Machines.HyperV.Cim;
using ContainerHost.Machines.HyperV.Files;
using ContainerHost.Waiting;

namespace ContainerHost.Machines.HyperV;

/// <summary>A Hyper-V host: its namespace, its files, the clock; and how its services are found and called.</summary>
internal sealed class HyperVHost(
    ICimNamespace space,
    ICimNamespace windows,
    IHyperVFiles files,
    TimeProvider time,
    Action<string>? progress = null
)
{
    public const string ManagementService = "Msvm_VirtualSystemManagementService";

    private readonly CimCalls _calls = new(space, time) { Progress = progress ?? (_ => { }) };

    public ICimNamespace Space => space;

    public IHyperVFiles Files => files;

    public WindowsHost Windows { get; } = new(windows);

    public Poll Poll { get; } = new(time) { Interval = TimeSpan.FromSeconds(1) };

    public VirtualMachines Machines => new(this);

    /// <summary>Tells an operator what goes on and takes long, or is felt elsewhere.</summary>
    public void Tell(string what) => progress?.Invoke(what);

    public Task<CimObject> CallAsync(CimCall call, string? machine, CancellationToken cancellationToken) =>
        _calls.InvokeAsync(call, machine, cancellationToken);

    /// <summary>Calls a method of the service that manages machines.</summary>
    public async Task<CimObject> ManageAsync(
        string attempted,
        string method,
        string machine,
        CancellationToken cancellationToken,
        params CimProperty[] arguments
    )
    {
        var service = await OnlyAsync(ManagementService, cancellationToken);
        return await CallAsync(new CimCall(attempted, service.Stored, method, arguments), machine, cancellationToken);
    }

    /// <summary>The only instance of a class, such as a service.</summary>
    public Task<CimObject> OnlyAsync(string className, CancellationToken cancellationToken) =>
        space.OnlyAsync(
            className,
            "see that the Hyper-V role is whole and the service vmms runs ('Restart-Service vmms').",
            cancellationToken
        );

    /// <summary>Where everything of ours lies: beside the host's other virtual hard disks.</summary>
    public async Task<HyperVPaths> PathsAsync(CancellationToken cancellationToken)
    {
        var settings = await OnlyAsync("Msvm_VirtualSystemManagementServiceSettingData", cancellationToken);
        return new HyperVPaths(settings.Text("DefaultVirtualHardDiskPath"));
    }
}
