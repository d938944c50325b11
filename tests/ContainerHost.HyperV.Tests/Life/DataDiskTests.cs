using ContainerHost.HyperV.Simulator;
using ContainerHost.HyperV.Simulator.Files;
using ContainerHost.Machines;
using ContainerHost.Specification;

namespace ContainerHost.HyperV.Tests.Life;

/// <summary>Disks for data of machines on Hyper-V.</summary>
public sealed class DataDiskTests
{
    [Fact]
    public async Task A_machine_has_one_at_its_place_of_the_controller_empty_and_as_large_as_asked_for()
    {
        using var scene = new Scene();
        var machine = await scene.CreateAsync(scene.Describe() with { DataDisk = ByteSize.FromGiB(50) });

        FileOf(scene, machine)
            .ShouldSatisfyAllConditions(
                disk => disk.MaxInternalSize.ShouldBe(50UL << 30),
                disk => disk.Parent.ShouldBeNull()
            );
        var parts = scene.Host.Machines.PartsOf(scene.Host.Machines.All.Single(), "Msvm_StorageAllocationSettingData");
        var attached = parts.Single(one => one.Get<string[]>("HostResource")!.Single().EndsWith(@"\data.vhdx"));
        var drive = scene
            .Host.Machines.PartsOf(scene.Host.Machines.All.Single(), "Msvm_ResourceAllocationSettingData")
            .Single(one => one.Text("AddressOnParent") == $"{MachineSpec.DataDiskPlace}");
        attached.Text("Parent").ShouldContain(drive.Text("InstanceID").Replace(@"\", @"\\"));

        await scene.Hypervisor.GrowDiskAsync(machine.Folder, MachineDisk.Data, ByteSize.FromGiB(60), Token);

        FileOf(scene, machine).MaxInternalSize.ShouldBe(60UL << 30);
        (await scene.Hypervisor.GetSpecAsync(machine.Folder, Token))!.DataDisk.ShouldBe(ByteSize.FromGiB(60));
        await scene.DestroyAsync(machine);
        scene.LeftoversOf(machine).ShouldBeEmpty();
    }

    private static SimulatedFile FileOf(Scene scene, MachineSpec machine) =>
        scene
            .Host.Files.Find($@"{SimulatedHost.DiskFolder}\ContainerHost\{machine.InstanceId:D}\data.vhdx")
            .ShouldNotBeNull();
}
