using ContainerHost.Machines.HyperV.Cim;
using ContainerHost.Machines.HyperV.Files;
using ContainerHost.Machines.HyperV.Settings;
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

    // It is where it is as long as the host runs.
    private CimPath? _service;

    public ICimNamespace Space => space;

    public IHyperVFiles Files => files;

    /// <summary>The same host, with what it is asked and answers written down.</summary>
    public HyperVHost Recorded(CimRecord record) =>
        new(new RecordingNamespace(space, record), new RecordingNamespace(windows, record), files, time, progress);

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
        _service ??= (await OnlyAsync(ManagementService, cancellationToken)).Stored;
        var call = new CimCall(attempted, _service, method, arguments)
        {
            Patience = PatienceFor(method),
            MayRepeat = method.StartsWith("Modify", StringComparison.Ordinal) || AttachesFiles(arguments),
        };
        return await CallAsync(call, machine, cancellationToken);
    }

    /// <summary>
    /// An instance's path as the value of a property, such as a disk's parent. The host goes by its own name there, as Microsoft's module has it,
    /// and not by the name or address that it was reached by.
    /// </summary>
    public async Task<string> TextOfAsync(CimPath path, CancellationToken cancellationToken)
    {
        var name = (await Windows.ReadAsync(cancellationToken)).Name;
        return (name.Length == 0 ? path : path with { Server = name }).ToString();
    }

    private static bool AttachesFiles(IEnumerable<CimProperty> arguments) =>
        arguments.Any(argument =>
            argument.Value is string[] settings
            && settings.Any(one => CimXml.Read(one).ClassName == ResourceKind.HardDisk.ClassName)
        );

    private static TimeSpan PatienceFor(string method) =>
        method switch
        {
            "AddResourceSettings" => TimeLimits.HyperVAttachment,
            "ModifyResourceSettings"
            or "RemoveResourceSettings"
            or "ModifySystemSettings"
            or "AddFeatureSettings"
            or "ModifyFeatureSettings" => TimeLimits.HyperVRefusal,
            _ => TimeSpan.Zero,
        };

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
