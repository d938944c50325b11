using ContainerHost.HyperV.Simulator;
using ContainerHost.HyperV.Simulator.Schema;
using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.HyperV.Tests.Simulator;

/// <summary>The simulator lets nothing pass that Microsoft's schema does not name.</summary>
public sealed class StrictnessTests
{
    private readonly SimulatedHost _host = new(new HostOptions());

    public static TheoryData<string, string> WrongCalls =>
        new()
        {
            { "DefineMachine", "no method" },
            { "extra", "no parameter 'Extra'" },
            { "type", "is a uint64, not a uint32" },
            { "missing", "without its parameter 'MaxInternalSize'" },
            { "malformed", "no embedded instance" },
            { "class", "not a Msvm_VirtualHardDiskSettingData" },
            { "property", "no property 'Colour'" },
        };

    [Theory]
    [MemberData(nameof(WrongCalls))]
    public async Task A_wrong_call_is_a_violation_that_says_what_is_wrong(string mistake, string told)
    {
        var target = _host.Only("Msvm_ImageManagementService").Stored;
        var path = CimProperty.String("Path", @"D:\x.vhdx");
        CimCall Call(string method, params CimProperty[] arguments) => new("make a mistake", target, method, arguments);
        CimProperty Disk(CimObject disk) => CimProperty.Embedded("VirtualDiskSettingData", disk);
        var call = mistake switch
        {
            "extra" => Call("GetVirtualHardDiskSettingData", path, CimProperty.String("Extra", "")),
            "type" => Call("ResizeVirtualHardDisk", path, CimProperty.UInt32("MaxInternalSize", 1)),
            "missing" => Call("ResizeVirtualHardDisk", path),
            "malformed" => Call("CreateVirtualHardDisk", CimProperty.String("VirtualDiskSettingData", "<INSTANCE")),
            "class" => Call("CreateVirtualHardDisk", Disk(new CimObject("Msvm_MemorySettingData"))),
            "property" => Call(
                "CreateVirtualHardDisk",
                Disk(new CimObject("Msvm_VirtualHardDiskSettingData").With(CimProperty.String("Colour", "red")))
            ),
            _ => Call(mistake),
        };

        var violation = await ViolateAsync(host => host.InvokeAsync(call, Token));

        violation.Message.ShouldContain(told);
        _host.Violations.ShouldContain(violation, "an undo that swallows it must not hide it");
    }

    [Fact]
    public async Task A_query_for_an_unknown_class_or_property_is_a_violation()
    {
        await ViolateAsync(host => host.QueryAsync(WqlQuery.From("Msvm_Machine"), Token));
        var query = WqlQuery.From("Msvm_ComputerSystem").Where("Nickname", "x");
        await ViolateAsync(host => host.QueryAsync(query, Token));
    }

    [Fact]
    public Task A_path_with_other_keys_than_its_class_is_a_violation() =>
        ViolateAsync(host => host.GetAsync(CimPath.Of("Msvm_ComputerSystem", ("InstanceID", "x")), Token));

    [Fact]
    public Task An_association_that_does_not_lead_there_is_a_violation()
    {
        var source = CimPath.Of("Msvm_VirtualSystemSettingData", ("InstanceID", "x"));
        return ViolateAsync(host =>
            host.AssociatorsAsync(source, "Msvm_SystemDevice", "Msvm_HeartbeatComponent", Token)
        );
    }

    [Fact]
    public async Task A_key_of_a_new_machine_is_the_hosts_to_make()
    {
        var settings = new CimObject("Msvm_VirtualSystemSettingData").With(CimProperty.String("InstanceID", "mine"));
        var call = new CimCall(
            "write a key",
            _host.Only("Msvm_VirtualSystemManagementService").Stored,
            "DefineSystem",
            CimProperty.Embedded("SystemSettings", settings)
        );

        (await ViolateAsync(host => host.InvokeAsync(call, Token))).Message.ShouldContain("key");
    }

    private Task<SchemaViolationException> ViolateAsync(Func<ICimNamespace, Task> ask) =>
        Should.ThrowAsync<SchemaViolationException>(() => ask(_host.Namespace));
}
