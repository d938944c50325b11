using ContainerHost.Errors;
using ContainerHost.Hosts;
using ContainerHost.HyperV.Simulator;
using ContainerHost.HyperV.Simulator.Faults;
using ContainerHost.HyperV.Simulator.Machines;
using ContainerHost.HyperV.Tests.Graph;
using ContainerHost.Machines;
using ContainerHost.Machines.HyperV;
using ContainerHost.Machines.HyperV.Cim;
using ContainerHost.Tests.Specification;

namespace ContainerHost.HyperV.Tests.Life;

/// <summary>Checkpoints of a finished host on the simulated Hyper-V, as an administrator has them.</summary>
public sealed class CheckpointTests : IAsyncLifetime
{
    private Func<SimulatedCall, Fault?> _faults = _ => null;
    private WindowsScene _scene = null!;

    private HostLife Life => new(_scene.Services, WindowsScene.NameOf("lab1"));

    private SimulatedMachine Machine => _scene.Host.Machines.All.Single();

    private string? Disk => _scene.Host.Machines.Read(Machine);

    private IEnumerable<string> Files =>
        _scene
            .Host.Files.Paths.Where(path => path.EndsWith("vhdx", StringComparison.Ordinal))
            .Where(path => !path.Contains(@"\bases\", StringComparison.Ordinal));

    public ValueTask InitializeAsync() => OpenAsync(new HostOptions { Faults = call => _faults(call) });

    public ValueTask DisposeAsync()
    {
        _scene.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_running_host_goes_back_with_its_memory_and_runs()
    {
        Write("then", "then, in memory");
        (await Life.CheckpointAsync("before", Token)).HasMemory.ShouldBeTrue();
        Write("now", "now, in memory");

        var listed = (await Life.ListCheckpointsAsync(Token)).ShouldHaveSingleItem();
        (listed.Name, listed.HasMemory).ShouldBe(("before", true));
        listed.CreatedAt.ShouldBe(_scene.Host.Time.GetUtcNow(), TimeSpan.FromMinutes(5));
        await Life.RestoreAsync(null, Token);

        (Disk, Machine.Memory, Machine.State).ShouldBe(("then", "then, in memory", HyperVState.Running));
        (await Life.ListCheckpointsAsync(Token)).ShouldHaveSingleItem("a checkpoint may be restored again");
    }

    [Fact]
    public async Task A_host_that_was_off_is_off_after_that_whether_it_runs_or_not()
    {
        await Life.StopAsync(Token);
        Write("then");
        (await Life.CheckpointAsync("before", Token)).HasMemory.ShouldBeFalse();
        (await Life.ListCheckpointsAsync(Token)).Single().HasMemory.ShouldBeFalse();
        await Life.StartAsync(Token);
        Write("now", "now, in memory");

        await Life.RestoreAsync("before", Token);

        (Disk, Machine.Memory, Machine.State).ShouldBe(("then", null, HyperVState.Off));
    }

    [Fact]
    public async Task Processors_that_were_changed_since_are_back()
    {
        await Life.CheckpointAsync("before", Token);
        await ResizeAsync("--cpus 4");
        _scene
            .Host.Machines.PartsOf(Machine, "Msvm_ProcessorSettingData")
            .Single()
            .Get<ulong>("VirtualQuantity")
            .ShouldBe(4UL);

        await Life.RestoreAsync("before", Token);

        _scene
            .Host.Machines.PartsOf(Machine, "Msvm_ProcessorSettingData")
            .Single()
            .Get<ulong>("VirtualQuantity")
            .ShouldBe(2UL);
        (await _scene.Hypervisor.GetSpecAsync(_scene.FolderOf("lab1"), Token)).ShouldNotBeNull().Cpus.ShouldBe(2);
    }

    [Fact]
    public async Task One_of_several_is_restored_and_any_is_removed_without_the_others()
    {
        Write("one");
        await Life.CheckpointAsync("first", Token);
        Write("two");
        await Life.CheckpointAsync("second", Token);
        Write("three");
        await Life.CheckpointAsync("third", Token);
        await Life.RestoreAsync("first", Token);
        Disk.ShouldBe("one");
        Write("another two");

        (await Life.RemoveCheckpointAsync("second", Token)).ShouldBeTrue();
        (await Life.ListCheckpointsAsync(Token)).Select(one => one.Name).ShouldBe(["first", "third"]);
        Disk.ShouldBe("another two");
        await Life.RestoreAsync("third", Token);
        Disk.ShouldBe("three");

        await Life.RemoveCheckpointAsync("third", Token);
        await Life.RemoveCheckpointAsync("first", Token);
        Files.ShouldHaveSingleItem("all was merged").ShouldEndWith(@"\disk.vhdx");
        Disk.ShouldBe("three");
        (await Life.RemoveCheckpointAsync("first", Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_host_is_removed_with_its_checkpoints()
    {
        await Life.CheckpointAsync("first", Token);
        await Life.CheckpointAsync("second", Token);
        Files.Count().ShouldBe(3);

        await new HostRemover(_scene.Services).RemoveAsync(WindowsScene.NameOf("lab1"), Token);

        Files.ShouldBeEmpty();
        _scene.Host.Machines.All.ShouldBeEmpty();
        _scene.Host.Calls.ShouldNotContain(call => call.Name == "DestroySnapshot");
    }

    [Fact]
    public async Task What_others_made_is_neither_listed_nor_touched()
    {
        await Life.CheckpointAsync("ours", Token);
        _scene.Host.Checkpoints.Take(Machine);
        _scene.Host.Checkpoints.Take(Machine, "Microsoft:Hyper-V:Snapshot:Recovery");

        (await Life.ListCheckpointsAsync(Token)).Single().Name.ShouldBe("ours");
        await Life.RemoveCheckpointAsync("ours", Token);

        _scene.Host.Checkpoints.Of(Machine).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_machine_whose_checkpoints_somebody_has_set_otherwise_is_refused_before_anything_is_made()
    {
        _scene.Host.Store.Change(Machine.Settings, CimProperty.UInt16("UserSnapshotType", 2));

        var refused = await Should.ThrowAsync<ContainerHostException>(() => Life.CheckpointAsync("before", Token));

        refused.Try.ShouldContain("-CheckpointType Standard");
        (await Life.ListCheckpointsAsync(Token)).ShouldBeEmpty();
        Directory.GetFiles(_scene.FolderOf("lab1").Checkpoints).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_host_that_does_not_save_nesting_machines_keeps_them_once_they_are_off()
    {
        _scene.Dispose();
        await OpenAsync(new HostOptions { RefusesToSaveNested = true });

        var refused = await Should.ThrowAsync<CimCallException>(() => Life.CheckpointAsync("before", Token));

        refused.Try.ShouldContain("stop the host first");
        _scene.Host.Checkpoints.Of(Machine).ShouldBeEmpty();
        Directory.GetFiles(_scene.FolderOf("lab1").Checkpoints).ShouldBeEmpty();
        await Life.StopAsync(Token);
        (await Life.CheckpointAsync("before", Token)).HasMemory.ShouldBeFalse();
    }

    [Fact]
    public async Task Memory_that_does_not_start_leaves_the_host_off_with_the_disk_of_then()
    {
        Write("then", "then, in memory");
        await Life.CheckpointAsync("before", Token);
        Write("now");
        var applied = false;
        _faults = call =>
        {
            applied |= call.Name == "ApplySnapshot";
            return applied && call.Name == "RequestStateChange" && Machine.State == HyperVState.Saved
                ? Take(new Fault(FaultKind.JobFails, 32768))
                : null;
        };

        await Should.ThrowAsync<CimCallException>(() => Life.RestoreAsync("before", Token));

        (Disk, Machine.State).ShouldBe(("then", HyperVState.Off));
        await Life.RestoreAsync("before", Token);
        Machine.Memory.ShouldBe("then, in memory");

        Fault Take(Fault fault)
        {
            _faults = _ => null;
            return fault;
        }
    }

    [Fact]
    public async Task A_name_that_is_taken_or_unknown_is_told_with_what_there_is()
    {
        await Life.CheckpointAsync("before", Token);

        (
            await Should.ThrowAsync<InvalidInputException>(() => Life.CheckpointAsync("before", Token))
        ).Message.ShouldContain("is taken");
        (await Should.ThrowAsync<InvalidInputException>(() => Life.RestoreAsync("after", Token))).Message.ShouldContain(
            "which are before"
        );
        _scene.Host.Checkpoints.Of(Machine).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_merge_that_takes_too_long_is_told_and_goes_on()
    {
        _scene.Dispose();
        await OpenAsync(new HostOptions { MergesTake = TimeSpan.FromMinutes(20) });
        await Life.CheckpointAsync("before", Token);

        var late = await Should.ThrowAsync<DeadlineException>(() => Life.RemoveCheckpointAsync("before", Token));

        late.Try.ShouldContain("goes on by itself");
        (await Life.CheckpointAsync("next", Token)).Name.ShouldBe("next", "it waits for the rest of it");
    }

    [Fact]
    public async Task A_disk_grows_while_the_host_runs_and_when_it_is_off()
    {
        (await ResizeAsync("--disk-size 80GiB")).Note.ShouldContain("the volume has 81000M");
        SizeOf(Files.Single()).ShouldBe(80UL << 30);
        Machine.State.ShouldBe(HyperVState.Running);
        await Life.StopAsync(Token);

        await ResizeAsync("--disk-size 90GiB");

        SizeOf(Files.Single()).ShouldBe(90UL << 30);
    }

    [Fact]
    public async Task A_disk_with_checkpoints_does_not_grow_until_they_are_removed()
    {
        await Life.CheckpointAsync("before", Token);

        var refused = await Should.ThrowAsync<ContainerHostException>(() => ResizeAsync("--disk-size 80GiB"));

        refused.Saw.ShouldContain("checkpoints (before)");
        _scene.Host.Calls.ShouldNotContain(call => call.Name == "ResizeVirtualHardDisk");
        (await Life.RestoreAsync(null, Token)).Name.ShouldBe("before", "a refusal changes nothing");
        await Life.RemoveCheckpointAsync("before", Token);
        await ResizeAsync("--disk-size 80GiB");
        SizeOf(Files.Single()).ShouldBe(80UL << 30);
    }

    [Fact]
    public async Task The_disk_of_a_saved_machine_does_not_grow()
    {
        _scene.Host.Machines.Set(Machine, HyperVState.Saved);

        var refused = await Should.ThrowAsync<ContainerHostException>(() =>
            _scene.Hypervisor.GrowDiskAsync(
                _scene.FolderOf("lab1"),
                MachineDisk.System,
                Specification.ByteSize.FromGiB(80),
                Token
            )
        );

        refused.Saw.ShouldContain("is saved");
    }

    private ulong SizeOf(string path) => _scene.Host.Files.Find(path)!.MaxInternalSize;

    private void Write(string disk, string? memory = null) => _scene.Host.Machines.Write(Machine, disk, memory);

    private async ValueTask OpenAsync(HostOptions options)
    {
        _scene = new WindowsScene(options: options);
        (await _scene.RunAsync()).Report.Passed.ShouldBeTrue();
    }

    private async Task<StepOutcome> ResizeAsync(string wish)
    {
        var request = WindowsScene.Request().Also(wish);
        using var provisioner = await Provisioner.OpenAsync(_scene.Services, request, recreate: false, Token);
        return await provisioner.ResizeAsync(Token);
    }
}
