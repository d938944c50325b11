using ContainerHost.HyperV.Simulator.Schema;
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

    public MethodPlan DefineSystem(CimCall call)
    {
        var settings = call.Instance("SystemSettings");
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
        return MethodPlan.Do(() => host.Machines.Define(settings));
    }

    public MethodPlan ModifySystem(CimCall call)
    {
        var settings = call.Instance("SystemSettings");
        var path = CimPath.Of(settings.ClassName, ("InstanceID", settings.Text("InstanceID")));
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
        return machine.IsOff && !host.Machines.IsMerging
            ? MethodPlan.Do(() => host.Machines.Remove(machine))
            : MethodPlan.WrongState;
    }

    public MethodPlan DestroySnapshot(CimCall call)
    {
        var snapshot = call.Need<CimPath>("AffectedSnapshot");
        return host.Store.Find(snapshot) is null
            ? MethodPlan.Invalid
            : MethodPlan.Do(() => host.Machines.RemoveSnapshot(snapshot));
    }

    public MethodPlan Picture(CimCall call)
    {
        if (host.Machines.BySettings(call.Need<CimPath>("TargetSystem")) is not { } machine)
            return MethodPlan.Invalid;
        if (machine.IsOff)
            return MethodPlan.WrongState;
        var pixels = new byte[call.Need<ushort>("WidthPixels") * call.Need<ushort>("HeightPixels") * 2];
        // Of a machine that starts from a medium: nothing, then a line of text until a key is typed. Else pure red in RGB565.
        if (!host.Machines.AsksForKey(machine))
            for (var at = 1; at < pixels.Length; at += 2)
                pixels[at] = 0xF8;
        else if (host.Time.GetUtcNow() - machine.StartedAt > TimeSpan.FromSeconds(3))
            pixels.AsSpan(call.Need<ushort>("WidthPixels") * 8, 600).Fill(0xFF);
        return MethodPlan.Answer(new CimProperty("ImageData", CimType.UInt8, IsArray: true, pixels));
    }
}
