using ContainerHost.HyperV.Simulator.Machines;
using ContainerHost.HyperV.Simulator.Schema;
using ContainerHost.Machines.HyperV;
using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.HyperV.Simulator.Methods;

/// <summary>Machines as wholes.</summary>
internal sealed class ManagementMethods(SimulatedHost host)
{
    private static readonly string[] Templates =
    [
        "1734c6e8-3154-4dda-ba5f-a874cc483422",
        "272e7447-90a4-4563-a4b9-8e4ab00526ce",
    ];

    private const int Surplus = 16;

    // Microsoft's reference of Msvm_VirtualSystemSettingData: "added in Windows 10, version 1709".
    private const int KnowsAutomaticSnapshots = 16299;

    public MethodPlan DefineSystem(CimCall call)
    {
        var settings = call.Instance("SystemSettings");
        var resources = call.Arguments.Any(one => one.Name == "ResourceSettings")
            ? call.Instances("ResourceSettings")
            : [];
        if (settings.Text("InstanceID").Length > 0)
            throw new SchemaViolationException(
                "DefineSystem is given an InstanceID, which is a key that the host makes."
            );
        if (settings.Text("VirtualSystemSubType") != "Microsoft:Hyper-V:SubType:2")
            throw new SchemaViolationException("The simulated host makes machines of generation 2 only.");
        if (
            settings.Text("ElementName").Length is 0 or > 100
            || !Templates.Contains(settings.Text("SecureBootTemplateId"))
        )
            return MethodPlan.Invalid;
        if (
            settings.Properties.ContainsKey("AutomaticSnapshotsEnabled")
            && host.Options.Build < KnowsAutomaticSnapshots
        )
            return MethodPlan.Invalid;
        return resources.Select(ResourceMethods.RefuseSize).FirstOrDefault(refusal => refusal is not null)
            ?? MethodPlan.Do(() => host.Machines.Define(settings, resources));
    }

    public MethodPlan ModifySystem(CimCall call)
    {
        var settings = call.Instance("SystemSettings");
        var path = CimPath.Of(settings.ClassName, ("InstanceID", settings.Text("InstanceID")));
        // A checkpoint gets its name so, running or not (MS, Checkpoint-VM).
        if (host.Checkpoints.Find(path) is not null)
            return MethodPlan.Do(() =>
                host.Store.Change(path, CimProperty.String("ElementName", settings.Text("ElementName")))
            );
        if (host.Machines.BySettings(path) is not { } machine)
            return MethodPlan.Invalid;
        var sources = settings.Get<string[]>("BootSourceOrder") ?? [];
        if (sources.Any(source => host.Store.Find(CimPath.Parse(source)) is null))
            return MethodPlan.Invalid;
        return machine.IsOff ? MethodPlan.Do(() => host.Store.Put(settings)) : MethodPlan.WrongState;
    }

    public MethodPlan DestroySystem(CimCall call)
    {
        if (host.Machines.BySystem(call.Need<CimPath>("AffectedSystem")) is not { } machine)
            return MethodPlan.Invalid;
        return machine.IsOff && !host.Machines.IsMerging && !host.Checkpoints.IsMerging(machine)
            ? MethodPlan.Do(() => host.Machines.Remove(machine))
            : MethodPlan.WrongState;
    }

    // Off, turning off and starting refuse with 32775. For a moment there is no picture, and then one with more bytes than it has pixels
    // (microsoft/openvmm, petri/src/vm/hyperv/powershell.rs and #4336).
    public MethodPlan Picture(CimCall call)
    {
        if (host.Machines.BySettings(call.Need<CimPath>("TargetSystem")) is not { } machine)
            return MethodPlan.Invalid;
        if (machine.State != HyperVState.Running)
            return MethodPlan.WrongState;
        var ran = host.Time.GetUtcNow() - machine.StartedAt;
        if (ran < TimeSpan.FromSeconds(1))
            return MethodPlan.Answer(new CimProperty("ImageData", CimType.UInt8, IsArray: true, null));
        var (width, height) = (call.Need<ushort>("WidthPixels"), call.Need<ushort>("HeightPixels"));
        var pixels = new byte[(width * height * 2) + Surplus];
        // Of a machine that starts from a medium: nothing, then a line of text while it asks. Else pure red in RGB565.
        if (host.Machines.AsksForKey(machine))
            pixels.AsSpan(width * 8, 600).Fill(0xFF);
        else if (ran > MachineTable.PromptEnds)
            for (var at = 1; at < pixels.Length; at += 2)
                pixels[at] = 0xF8;
        return MethodPlan.Answer(new CimProperty("ImageData", CimType.UInt8, IsArray: true, pixels));
    }
}
