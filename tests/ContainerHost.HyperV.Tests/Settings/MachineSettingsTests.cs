using ContainerHost.Machines.HyperV;
using ContainerHost.Machines.HyperV.Cim;
using ContainerHost.Machines.HyperV.Settings;
using ContainerHost.Specification;
using ContainerHost.Tests;

namespace ContainerHost.HyperV.Tests.Settings;

/// <summary>What typical specs become, read and approved by people.</summary>
public sealed class MachineSettingsTests
{
    private static readonly HyperVPaths Paths = new(@"D:\Hyper-V\Virtual Hard Disks");
    private static readonly Guid Mark = new("11111111-2222-3333-4444-555555555555");
    private static readonly string Somewhere = CimPath
        .Of("Msvm_ResourceAllocationSettingData", ("InstanceID", @"Microsoft:X\Y"))
        .ToString();

    [Theory]
    [InlineData("debian-12-cloud", "debian")]
    [InlineData("windows-server-2022", "windows-server")]
    public void The_settings_of_a_machine(string guest, string approved)
    {
        using var scene = new Scene();
        Show(MachineSettings.System(scene.Describe(guest: guest, mark: Mark), Paths, WindowsBuilds.Server2022))
            .ShouldBeApproved(approved);
    }

    [Fact]
    public void The_settings_of_its_devices()
    {
        var empty = new CimObject("Msvm_ResourceAllocationSettingData");
        CimObject[] all =
        [
            MachineSettings.Memory(new CimObject("Msvm_MemorySettingData"), ByteSize.FromGiB(2)),
            MachineSettings.Processors(new CimObject("Msvm_ProcessorSettingData"), 2, nested: true),
            MachineSettings.Drive(empty, Somewhere, 1),
            MachineSettings.Disk(new CimObject("Msvm_StorageAllocationSettingData"), Somewhere, Paths.Disk(Mark)),
            MachineSettings.Connection(new CimObject("Msvm_EthernetPortAllocationSettingData"), Somewhere, Somewhere),
            MachineSettings.SerialPipe(new CimObject("Msvm_SerialPortSettingData"), Mark),
            MachineSettings.DifferencingDisk(Paths.Disk(Mark), Paths.BaseDisk("0123456789ab")),
        ];
        string.Concat(all.Select(Show)).ShouldBeApproved("devices");
    }

    private static string Show(CimObject settings) =>
        $"{settings.ClassName}\n{string.Concat(settings.Properties.Values.Select(Line))}\n";

    private static string Line(CimProperty property)
    {
        var values = property.Value is Array many ? many.Cast<object>() : [property.Value!];
        return $"  {property.Name}: {CimText.NameOf(property.Type)} = {string.Join(" | ", values.Select(CimText.Write)).Replace("\n", @"\n", StringComparison.Ordinal)}\n";
    }
}
