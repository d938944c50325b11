using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Machines;
using ContainerHost.Media;
using ContainerHost.Specification;

namespace ContainerHost.EndToEnd.Contracts;

/// <summary>What every hypervisor keeps to, whatever it is made of.</summary>
public abstract class HypervisorContract : IAsyncLifetime
{
    private readonly List<MachineSpec> _machines = [];

    internal abstract IHypervisor Hypervisor { get; }

    /// <summary>A machine that is not made yet, with its answer medium written.</summary>
    internal abstract Task<MachineSpec> DescribeAsync(string name);

    /// <summary>What there is of a machine: processes, disks, definitions. Empty once it is gone.</summary>
    internal abstract Task<IReadOnlyList<string>> LeftoversAsync(MachineSpec machine);

    /// <summary>Waits until the machine's guest can hear a request to shut down.</summary>
    internal abstract Task WaitForGuestAsync(HostFolder folder);

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var machine in _machines)
        {
            await Hypervisor.DestroyAsync(machine.Folder, machine.InstanceId, CancellationToken.None);
            // A test may have made the same one several times.
            if (Directory.Exists(machine.Folder.Path))
                Directory.Delete(machine.Folder.Path, recursive: true);
        }
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_machine_is_absent_then_off_then_running_then_off_then_absent()
    {
        var machine = await NewAsync("life");
        (await StateAsync(machine)).ShouldBe(MachineState.Absent);

        await Hypervisor.CreateAsync(machine, Token);
        (await StateAsync(machine)).ShouldBe(MachineState.Off);
        (await Hypervisor.GetEndpointAsync(machine.Folder, Token)).ShouldBeNull();
        (await Hypervisor.CaptureScreenAsync(machine.Folder, Token)).ShouldBeNull();

        var endpoint = await Hypervisor.StartAsync(machine.Folder, Token);
        (await StateAsync(machine)).ShouldBe(MachineState.Running);
        (await Hypervisor.StartAsync(machine.Folder, Token)).ShouldBe(endpoint, "starting twice changes nothing");
        (await Hypervisor.GetEndpointAsync(machine.Folder, Token)).ShouldBe(endpoint);
        var picture = (await Hypervisor.CaptureScreenAsync(machine.Folder, Token)).ShouldNotBeNull();
        picture.ToPng()[1..4].ShouldBe("PNG"u8.ToArray());

        (await Hypervisor.StopAsync(machine.Folder, TimeSpan.Zero, Token)).ShouldBeFalse("nobody waited for the guest");
        (await StateAsync(machine)).ShouldBe(MachineState.Off);
        (await Hypervisor.StopAsync(machine.Folder, TimeSpan.Zero, Token)).ShouldBeTrue("it is off already");

        await Hypervisor.DestroyAsync(machine.Folder, machine.InstanceId, Token);
        (await StateAsync(machine)).ShouldBe(MachineState.Absent);
        await Hypervisor.DestroyAsync(machine.Folder, machine.InstanceId, Token);
    }

    [Fact]
    public async Task A_guest_that_shuts_down_when_asked_is_told_from_one_that_was_turned_off()
    {
        var machine = await StartedAsync("graceful");
        await WaitForGuestAsync(machine.Folder);

        (await Hypervisor.StopAsync(machine.Folder, TimeSpan.FromMinutes(3), Token)).ShouldBeTrue();

        (await StateAsync(machine)).ShouldBe(MachineState.Off);
    }

    [Fact]
    public async Task A_second_machine_in_the_same_place_is_refused_and_the_first_is_left_alone()
    {
        var machine = await StartedAsync("twice");

        await Should.ThrowAsync<ContainerHostException>(() =>
            Hypervisor.CreateAsync(machine with { InstanceId = Guid.NewGuid() }, Token)
        );

        (await StateAsync(machine)).ShouldBe(MachineState.Running);
    }

    [Fact]
    public async Task A_machine_changes_while_it_is_off_and_only_then()
    {
        var machine = await NewAsync("change");
        await Hypervisor.CreateAsync(machine, Token);
        var change = machine.Size with { Cpus = 1, Memory = ByteSize.FromMiB(768) };

        await Hypervisor.ReconfigureAsync(machine.Folder, change, Token);
        var changed = (await Hypervisor.GetSpecAsync(machine.Folder, Token)).ShouldNotBeNull();
        (changed.Cpus, changed.Memory, changed.Nested).ShouldBe((1, ByteSize.FromMiB(768), machine.Nested));

        await Hypervisor.StartAsync(machine.Folder, Token);
        var refused = await Should.ThrowAsync<ContainerHostException>(() =>
            Hypervisor.ReconfigureAsync(machine.Folder, change with { Cpus = 2 }, Token)
        );
        refused.Saw.ShouldContain("runs");
    }

    [Fact]
    public async Task A_machine_that_is_not_there_cannot_be_started()
    {
        var machine = await NewAsync("absent");

        await Should.ThrowAsync<ContainerHostException>(() => Hypervisor.StartAsync(machine.Folder, Token));
    }

    [Fact]
    public async Task A_creation_that_fails_leaves_nothing_of_the_machine()
    {
        var machine = await NewAsync("fails");
        // Another fingerprint, since a host may have this base disk already.
        var boot = (BaseDisk)machine.Boot;
        var broken = machine with { Boot = boot with { DiskPath = "/no/such/disk.raw", Fingerprint = "fedcba987654" } };

        await Should.ThrowAsync<ContainerHostException>(() => Hypervisor.CreateAsync(broken, Token));

        (await StateAsync(machine)).ShouldBe(MachineState.Absent);
        (await LeftoversAsync(machine)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_running_machine_whose_definition_is_lost_is_still_found_by_its_mark_and_destroyed()
    {
        var machine = await StartedAsync("lost");
        File.Delete(machine.Folder.Machine);
        File.Delete(machine.Folder.PidFile);
        (await LeftoversAsync(machine)).ShouldNotBeEmpty();

        await Hypervisor.DestroyAsync(machine.Folder, machine.InstanceId, Token);

        (await LeftoversAsync(machine)).ShouldBeEmpty();
    }

    private async Task<MachineSpec> NewAsync(string name)
    {
        var machine = await DescribeAsync(name);
        _machines.Add(machine);
        return machine;
    }

    private protected async Task<MachineSpec> StartedAsync(string name)
    {
        var machine = await NewAsync(name);
        await Hypervisor.CreateAsync(machine, Token);
        await Hypervisor.StartAsync(machine.Folder, Token);
        return machine;
    }

    private Task<MachineState> StateAsync(MachineSpec machine) => Hypervisor.GetStateAsync(machine.Folder, Token);
}
