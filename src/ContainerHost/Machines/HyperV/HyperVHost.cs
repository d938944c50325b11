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
    private readonly CimCalls _calls = new(space, time) { Progress = progress ?? (_ => { }) };

    public ICimNamespace Space => space;

    public IHyperVFiles Files => files;

    public TimeProvider Time => time;

    public WindowsHost Windows { get; } = new(windows);

    public Poll Poll { get; } = new(time) { Interval = TimeSpan.FromSeconds(1) };

    public SystemManagement Management => new(this);

    public Disks Disks => new(this);

    /// <summary>Tells an operator what goes on and takes long, or is felt elsewhere.</summary>
    public void Tell(string what) => progress?.Invoke(what);

    public Task<CimObject> CallAsync(CimCall call, string? machine, CancellationToken cancellationToken) =>
        _calls.InvokeAsync(call, machine, cancellationToken);

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
