using ContainerHost.Errors;
using ContainerHost.HyperV.Simulator;
using ContainerHost.HyperV.Simulator.Faults;
using ContainerHost.Machines;
using ContainerHost.Machines.HyperV;
using ContainerHost.Machines.HyperV.Cim;
using ContainerHost.Machines.HyperV.Files;
using ContainerHost.Specification;

namespace ContainerHost.HyperV.Tests;

public sealed class HyperVHypervisorTests
{
    [Fact]
    public async Task A_machine_gets_what_its_spec_says()
    {
        using var scene = new Scene();
        var spec = await scene.CreateAsync();

        scene.Part("Msvm_MemorySettingData").Get<ulong>("VirtualQuantity").ShouldBe(2048UL);
        scene.Part("Msvm_MemorySettingData").Get<bool>("DynamicMemoryEnabled").ShouldBeFalse();
        scene.Part("Msvm_ProcessorSettingData").Get<bool>("ExposeVirtualizationExtensions").ShouldBeTrue();
        scene
            .Part("Msvm_EthernetPortAllocationSettingData")
            .Get<string[]>("HostResource")!
            .Single()
            .ShouldContain("Msvm_VirtualEthernetSwitch");
        scene
            .Host.Store.OfClass("Msvm_EthernetSwitchPortSecuritySettingData")
            .ShouldContain(one => one.Get<bool>("AllowMacSpoofing"));
        var disk = scene.DiskOf(spec);
        disk.MaxInternalSize.ShouldBe((ulong)spec.DiskSize.Bytes);
        disk.Parent.ShouldBe($@"{SimulatedHost.DiskFolder}\ContainerHost\bases\0123456789ab.vhdx");
        scene.Settings.Get<string[]>("BootSourceOrder")!.Single().ShouldContain(@"\\B");
    }

    [Fact]
    public async Task What_a_machine_takes_is_told_as_far_as_the_host_tells_it()
    {
        using var scene = new Scene();
        var spec = await scene.CreateAsync();
        (await scene.Hypervisor.GetUseAsync(spec.Folder, Token)).ShouldBe(new MachineUse(null, null));
        await scene.Hypervisor.StartAsync(spec.Folder, Token);

        var use = await scene.Hypervisor.GetUseAsync(spec.Folder, Token);

        use.ShouldBe(
            new MachineUse(DiskBytes: null, ByteSize.FromGiB(2).Bytes),
            "disks of remote hosts are not measured"
        );
        await scene.DestroyAsync(spec);
        (await scene.Hypervisor.GetUseAsync(spec.Folder, Token)).ShouldBe(new MachineUse(null, null));
    }

    [Fact]
    public async Task Files_of_this_machine_are_measured_by_their_length()
    {
        var folder = Directory.CreateTempSubdirectory("containerhost-test-");
        try
        {
            File.WriteAllBytes(Path.Combine(folder.FullName, "disk.vhdx"), new byte[3000]);
            Directory.CreateDirectory(Path.Combine(folder.FullName, "Snapshots"));
            File.WriteAllBytes(Path.Combine(folder.FullName, "Snapshots", "disk.avhdx"), new byte[70]);

            (await new WindowsFiles(null).LengthInAsync(folder.FullName, Token)).ShouldBe(3070);
            (await new WindowsFiles(null).LengthInAsync(folder.FullName + "x", Token)).ShouldBeNull();
            (await new WindowsFiles("lab7").LengthInAsync(@"D:\Hyper-V", Token)).ShouldBeNull();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Hosts_are_neither_exported_nor_imported_yet_and_that_is_told()
    {
        using var scene = new Scene();
        var spec = await scene.CreateAsync();

        foreach (
            var work in (Func<Task>[])
                [
                    () => scene.Hypervisor.PrepareExportAsync(spec.Folder, Token),
                    () => scene.Hypervisor.PrepareImportAsync(spec, Token),
                    () => scene.Hypervisor.ImportAsync(spec, Token),
                ]
        )
            (await Should.ThrowAsync<ContainerHostException>(work)).Message.ShouldContain("use --provider Qemu");
    }

    [Fact]
    public async Task Two_machines_lie_on_one_base_disk_which_outlives_them()
    {
        using var scene = new Scene();
        var first = await scene.CreateAsync(scene.Describe("one"));
        var second = await scene.CreateAsync(scene.Describe("two"));
        await scene.Hypervisor.StartAsync(second.Folder, Token);

        await scene.DestroyAsync(first);

        scene.LeftoversOf(first).ShouldBeEmpty();
        scene.Host.Files.Paths.Count(path => path.Contains(@"\bases\", StringComparison.Ordinal)).ShouldBe(1);
        (await scene.Hypervisor.GetStateAsync(second.Folder, Token)).ShouldBe(MachineState.Running);
    }

    [Theory]
    [InlineData(nameof(HyperVState.Running))]
    [InlineData(nameof(HyperVState.Saved))]
    [InlineData(nameof(HyperVState.Paused))]
    [InlineData(nameof(HyperVState.Starting), nameof(HyperVState.Running))]
    [InlineData(nameof(HyperVState.Stopping), nameof(HyperVState.Off))]
    [InlineData(nameof(HyperVState.Other), nameof(HyperVState.Saved), "Saving")]
    public async Task A_machine_is_destroyed_whatever_state_it_is_in(
        string state,
        string? then = null,
        string? text = null
    )
    {
        using var scene = new Scene();
        var spec = await scene.CreateAsync();
        var machine = scene.Host.Machines.All[0];
        scene.Host.Machines.Set(machine, Enum.Parse<HyperVState>(state), text);
        if (then is not null)
            machine.Ahead = (
                scene.Host.Time.GetUtcNow().AddSeconds(20),
                () => scene.Host.Machines.Set(machine, Enum.Parse<HyperVState>(then))
            );

        await scene.DestroyAsync(spec);

        scene.LeftoversOf(spec).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_machine_with_checkpoints_is_destroyed_with_them()
    {
        using var scene = new Scene();
        var spec = await scene.CreateAsync();
        scene.Host.Checkpoints.Take(scene.Host.Machines.All[0]);
        scene.Host.Checkpoints.Take(scene.Host.Machines.All[0]);

        await scene.DestroyAsync(spec);

        scene.LeftoversOf(spec).ShouldBeEmpty();
        scene
            .Host.Store.OfClass("Msvm_VirtualSystemSettingData")
            .ShouldAllBe(one => one.Text("VirtualSystemType") == "Microsoft:Hyper-V:System:Definition");
    }

    [Fact]
    public async Task Disks_that_never_end_merging_are_told_with_the_deadline()
    {
        using var scene = new Scene(new HostOptions { MergesTake = TimeSpan.FromDays(1) });
        var spec = await scene.CreateAsync();
        scene.Host.Checkpoints.Take(scene.Host.Machines.All[0]);

        var late = await Should.ThrowAsync<DeadlineException>(() => scene.DestroyAsync(spec));

        late.Saw.ShouldContain("is in use");
        late.Try.ShouldContain("Destroy again");
    }

    [Fact]
    public async Task A_machine_of_that_name_that_is_not_ours_is_left_alone()
    {
        using var scene = new Scene();
        scene.Host.Machines.Define("LAB1");

        var refused = await Should.ThrowAsync<ContainerHostException>(() => scene.CreateAsync());

        refused.Saw.ShouldContain("not ours");
        scene.Host.Machines.All.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_guest_that_ignores_shutdown_is_turned_off_after_the_deadline_and_that_is_told()
    {
        using var scene = new Scene(new HostOptions { IgnoresShutdown = true });
        var spec = await scene.CreateAsync();
        await scene.Hypervisor.StartAsync(spec.Folder, Token);

        (await scene.Hypervisor.StopAsync(spec.Folder, TimeSpan.FromMinutes(1), Token)).ShouldBeFalse();

        (await scene.Hypervisor.GetStateAsync(spec.Folder, Token)).ShouldBe(MachineState.Off);
    }

    [Fact]
    public async Task An_address_that_the_guest_gave_itself_is_none()
    {
        using var scene = new Scene(new HostOptions { AddressIsLinkLocal = true });
        var spec = await scene.CreateAsync();

        var late = await Should.ThrowAsync<DeadlineException>(() => scene.Hypervisor.StartAsync(spec.Folder, Token));

        late.Saw.ShouldContain("a heartbeat, and no address");
    }

    [Fact]
    public async Task An_address_is_waited_for_as_long_as_windows_may_boot()
    {
        using var scene = new Scene(new HostOptions { AddressAfter = TimeSpan.FromMinutes(14.5) });
        var spec = await scene.CreateAsync(scene.Describe(guest: "windows-server-2022"));

        (await scene.Hypervisor.StartAsync(spec.Folder, Token)).Address.ShouldBe("192.0.2.17");
    }

    [Theory]
    [InlineData("AuthenticAMD", 17763, "Windows Server 2022")]
    [InlineData("GenuineIntel", 9600, "Windows Server 2016")]
    [InlineData("QualcommInc", 26100, "Intel and AMD")]
    public async Task Nesting_that_the_host_cannot_do_is_refused_before_anything_is_made(
        string vendor,
        int build,
        string reason
    )
    {
        using var scene = new Scene(new HostOptions { Vendor = vendor, Build = build });

        var refused = await Should.ThrowAsync<ContainerHostException>(() => scene.CreateAsync());

        refused.Saw.ShouldContain(reason);
        scene.Host.Calls.ShouldAllBe(call => !call.IsMethod);
    }

    [Fact]
    public async Task What_is_right_already_is_not_written_again()
    {
        using var scene = new Scene();
        var spec = await scene.CreateAsync();
        var before = scene.Host.Calls.Count;

        var size = new MachineSize(2, ByteSize.FromGiB(2), Nested: true);
        await scene.Hypervisor.ReconfigureAsync(spec.Folder, size, Token);

        scene.Host.Calls.Skip(before).ShouldAllBe(call => !call.IsMethod);
    }

    [Fact]
    public async Task Nesting_is_exposed_and_taken_away_with_the_port_that_goes_with_it()
    {
        using var scene = new Scene();
        var spec = await scene.CreateAsync(scene.Describe(nested: false));

        foreach (var nested in new[] { true, false, true })
        {
            await scene.Hypervisor.ReconfigureAsync(spec.Folder, spec.Size with { Nested = nested }, Token);

            scene.Part("Msvm_ProcessorSettingData").Get<bool>("ExposeVirtualizationExtensions").ShouldBe(nested);
            var security = scene
                .Host.Store.OfClass("Msvm_EthernetSwitchPortSecuritySettingData")
                .Single(one => !one.Text("InstanceID").Contains("Definition", StringComparison.Ordinal));
            security.Get<bool>("AllowMacSpoofing").ShouldBe(nested);
        }
    }

    [Fact]
    public async Task More_memory_than_the_host_gives_is_an_error_that_leaves_nothing()
    {
        using var scene = new Scene();
        var spec = scene.Describe() with { Memory = ByteSize.FromGiB(1024) };

        var refused = await Should.ThrowAsync<CimCallException>(() => scene.Hypervisor.CreateAsync(spec, Token));

        refused.Message.ShouldContain("define the machine");
        refused.Message.ShouldContain("32773");
        scene.LeftoversOf(spec).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_creation_makes_few_calls()
    {
        using var scene = new Scene(
            new HostOptions
            {
                BusyAfterJob = TimeSpan.Zero,
                ScannerHolds = TimeSpan.Zero,
                JobsTake = TimeSpan.Zero,
            }
        );

        await scene.CreateAsync();

        var methods = scene.Host.Calls.Where(call => call.IsMethod).Select(call => call.Name).ToList();
        System.Console.WriteLine($"Calls of a creation: {scene.Host.Calls.Count}, of them methods {methods.Count}");
        methods.ShouldBe([
            "CreateVirtualHardDisk",
            "GetVirtualHardDiskSettingData",
            "ResizeVirtualHardDisk",
            "DefineSystem",
            "AddResourceSettings",
            "AddResourceSettings",
            "ModifyResourceSettings",
            "ModifySystemSettings",
            "AddFeatureSettings",
        ]);
    }

    [Fact]
    public async Task There_is_no_picture_before_the_firmware_has_a_screen_and_then_one_cut_to_its_size()
    {
        using var scene = new Scene();
        var spec = await scene.CreateAsync();
        (await scene.Hypervisor.CaptureScreenAsync(spec.Folder, Token)).ShouldBeNull();
        await scene.Hypervisor.PowerOnAsync(spec.Folder, Token);

        (await scene.Hypervisor.CaptureScreenAsync(spec.Folder, Token)).ShouldBeNull();
        scene.Host.Time.Advance(TimeSpan.FromSeconds(20));

        (await scene.Hypervisor.CaptureScreenAsync(spec.Folder, Token)).ShouldNotBeNull().Width.ShouldBe(800);
    }

    [Fact]
    public async Task Over_ws_management_a_picture_is_small()
    {
        using var scene = new Scene(hyperV: new HyperVSpec { Computer = "lab7" });
        var spec = await scene.CreateAsync();
        await scene.Hypervisor.PowerOnAsync(spec.Folder, Token);
        scene.Host.Time.Advance(TimeSpan.FromSeconds(20));

        var picture = (await scene.Hypervisor.CaptureScreenAsync(spec.Folder, Token)).ShouldNotBeNull();

        (picture.Width, picture.Height).ShouldBe((80, 60));
    }

    [Fact]
    public async Task A_host_of_2016_is_not_told_of_automatic_checkpoints()
    {
        using var scene = new Scene(new HostOptions { Build = WindowsBuilds.Server2016 });

        await scene.CreateAsync();

        scene.Host.Machines.All.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(nameof(HyperVState.Starting))]
    [InlineData(nameof(HyperVState.Stopping))]
    public async Task A_machine_on_its_way_is_not_disturbed(string state)
    {
        using var scene = new Scene();
        var spec = await scene.CreateAsync();
        var machine = scene.Host.Machines.All[0];
        scene.Host.Machines.Set(machine, Enum.Parse<HyperVState>(state));
        machine.Ahead = (
            scene.Host.Time.GetUtcNow().AddSeconds(30),
            () => scene.Host.Machines.Set(machine, HyperVState.Running)
        );

        await scene.Hypervisor.PowerOnAsync(spec.Folder, Token);

        scene.Host.Calls.Count(call => call.Name == "RequestStateChange").ShouldBe(0);
    }

    [Fact]
    public async Task A_machine_that_never_arrives_is_told_in_the_hosts_own_words()
    {
        using var scene = new Scene();
        var spec = await scene.CreateAsync();
        scene.Host.Machines.Set(scene.Host.Machines.All[0], HyperVState.Other, "Saving");

        var late = await Should.ThrowAsync<DeadlineException>(() =>
            scene.Hypervisor.StopAsync(spec.Folder, TimeSpan.Zero, Token)
        );

        late.Saw.ShouldEndWith("the machine is Saving");
    }

    [Fact]
    public async Task A_start_that_fails_is_told_at_once_and_one_that_takes_long_is_waited_for()
    {
        using var fails = new Scene(
            new HostOptions
            {
                Faults = call =>
                    call.Name == "RequestStateChange" ? new Fault(FaultKind.JobFails, 32768) { Lasts = true } : null,
            }
        );
        var spec = await fails.CreateAsync();
        (
            await Should.ThrowAsync<CimCallException>(() => fails.Hypervisor.PowerOnAsync(spec.Folder, Token))
        ).Code.ShouldBe(32768u);
        fails.Host.Calls.Count(call => call.Name == "RequestStateChange").ShouldBe(1);

        var options = new HostOptions { JobsTake = TimeSpan.FromSeconds(1) };
        using var slow = new Scene(options);
        var other = await slow.CreateAsync();
        slow.Host.JobsTake = TimeSpan.FromMinutes(4);
        await slow.Hypervisor.PowerOnAsync(other.Folder, Token);
        (await slow.Hypervisor.GetStateAsync(other.Folder, Token)).ShouldBe(MachineState.Running);
    }
}
