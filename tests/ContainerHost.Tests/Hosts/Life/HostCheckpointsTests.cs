using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Hosts;
using ContainerHost.Hosts.Life;
using ContainerHost.Machines;
using ContainerHost.Machines.Qemu;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Tests.Machines;
using Serilog.Core;

namespace ContainerHost.Tests.Hosts.Life;

/// <summary>Checkpoints of a host that is off, on a real disk; of running ones, LifeTests of the end-to-end tests tell.</summary>
public sealed class HostCheckpointsTests : FolderTest
{
    private readonly HostServices _services;

    public HostCheckpointsTests() =>
        _services = new()
        {
            Folders = new LocalFolders(In("hosts"), In("cache"), In("reports")),
            HypervisorFor = _ => new QemuHypervisor(In("cache"), new ProcessRunner(), TimeProvider.System),
            Log = Logger.None,
            Guests = null!,
            Processes = null!,
            Media = null!,
            Artifacts = null!,
            Releases = null!,
        };

    private HostFolder Host => new(In("hosts", "containerhost"));

    private HostCheckpoints Checkpoints => new(_services);

    public override async ValueTask InitializeAsync()
    {
        RealTool.Require("qemu-img");
        var machine = MachineSample.Built with { Folder = Host, DiskSize = ByteSize.FromMiB(1) };
        var made = new StepRecord
        {
            Fingerprint = "",
            StartedAt = DateTimeOffset.UnixEpoch,
            DurationMs = 1,
        };
        await SaveAsync(
            new HostState
            {
                Spec = new HostRequest().ToSpec(),
                InstanceId = machine.InstanceId,
                CreatedAt = DateTimeOffset.UnixEpoch,
                LastVerification = new LastVerification(DateTimeOffset.UnixEpoch, Passed: true),
            }.With(Step.CreateVm, made)
        );
        await MachineFile.SaveAsync(Host, new QemuMachine(machine, "tcg", Port: 0), Token);
        await RealTool.RunAsync("qemu-img", "create", "-q", "-f", "qcow2", Host.Disk, "1M");
    }

    [Fact]
    public async Task The_disk_goes_back_and_with_it_what_was_known_of_the_host()
    {
        var made = await Checkpoints.CreateAsync(HostName.Default, "clean", Token);
        await WriteAsync(7);
        await SaveAsync(State with { LastVerification = null, Address = "10.0.2.99" });

        var restored = await Checkpoints.RestoreAsync(HostName.Default, null, Token);

        (made.HasMemory, restored.Name).ShouldBe((false, "clean"));
        await ReadAsync(0);
        (State.LastVerification?.Passed, State.Address).ShouldBe((true, null));
        (await Checkpoints.ListAsync(HostName.Default, Token)).Single().Name.ShouldBe("clean");
    }

    [Fact]
    public async Task How_long_the_host_is_kept_is_no_part_of_a_checkpoint_and_its_lock_file_is()
    {
        await File.WriteAllTextAsync(Host.LockFile, "then", Token);
        await SaveAsync(State with { ExpiresAt = DateTimeOffset.UnixEpoch });
        await Checkpoints.CreateAsync(HostName.Default, "leased", Token);
        await SaveAsync(State with { ExpiresAt = null });
        await File.WriteAllTextAsync(Host.LockFile, "now", Token);

        await Checkpoints.RestoreAsync(HostName.Default, "leased", Token);

        (State.ExpiresAt, await File.ReadAllTextAsync(Host.LockFile, Token)).ShouldBe((null, "then"));
    }

    [Fact]
    public async Task The_latest_is_restored_unless_another_is_named()
    {
        await Checkpoints.CreateAsync(HostName.Default, "first", Token);
        await WriteAsync(1);
        await Checkpoints.CreateAsync(HostName.Default, "second", Token);
        await WriteAsync(2);

        await Checkpoints.RestoreAsync(HostName.Default, null, Token);
        await ReadAsync(1);
        await Checkpoints.RestoreAsync(HostName.Default, "first", Token);
        await ReadAsync(0);

        (await Checkpoints.RemoveAsync(HostName.Default, "first", Token)).ShouldBeTrue();
        (await Checkpoints.RemoveAsync(HostName.Default, "first", Token)).ShouldBeFalse();
        (await ProblemAsync(() => Checkpoints.RestoreAsync(HostName.Default, "first", Token))).ShouldBe(
            "--checkpoint-name 'first' is none of the host's, which are second."
        );
    }

    [Fact]
    public async Task A_disk_that_has_grown_has_its_size_of_then_again()
    {
        await Checkpoints.CreateAsync(HostName.Default, "small", Token);
        await _services.HypervisorFor(State.Spec).GrowDiskAsync(Host, MachineDisk.System, ByteSize.FromMiB(3), Token);

        await Checkpoints.RestoreAsync(HostName.Default, "small", Token);

        (await MachineFile.NeedAsync<QemuMachine>(Host, Token)).Spec.DiskSize.ShouldBe(ByteSize.FromMiB(1));
    }

    [Fact]
    public async Task A_disk_for_data_goes_back_with_the_other_and_what_half_a_checkpoint_left_in_it_is_in_nobodys_way()
    {
        await RealTool.RunAsync("qemu-img", "create", "-q", "-f", "qcow2", Host.DataDisk, "1M");
        var machine = await MachineFile.NeedAsync<QemuMachine>(Host, Token);
        machine = machine with { Spec = machine.Spec with { DataDisk = ByteSize.FromMiB(1) } };
        await MachineFile.SaveAsync(Host, machine, Token);
        await WriteAsync(1, Host.DataDisk);
        await RealTool.RunAsync("qemu-img", "snapshot", "-c", "both", Host.DataDisk);
        await WriteAsync(2, Host.DataDisk);
        (await Checkpoints.ListAsync(HostName.Default, Token)).ShouldBeEmpty();

        await Checkpoints.CreateAsync(HostName.Default, "both", Token);
        await WriteAsync(7);
        await WriteAsync(8, Host.DataDisk);
        await _services.HypervisorFor(State.Spec).GrowDiskAsync(Host, MachineDisk.Data, ByteSize.FromMiB(2), Token);
        await Checkpoints.RestoreAsync(HostName.Default, "both", Token);

        await ReadAsync(0);
        await ReadAsync(2, Host.DataDisk);
        (await MachineFile.NeedAsync<QemuMachine>(Host, Token)).Spec.DataDisk.ShouldBe(ByteSize.FromMiB(1));
        (await Checkpoints.RemoveAsync(HostName.Default, "both", Token)).ShouldBeTrue();
        foreach (var disk in (string[])[Host.Disk, Host.DataDisk])
            (await RealTool.RunAsync("qemu-img", "snapshot", "-l", disk)).ShouldBe("");
    }

    [Fact]
    public async Task Half_a_checkpoint_that_a_killed_run_left_is_none_and_is_in_nobodys_way()
    {
        await RealTool.RunAsync("qemu-img", "snapshot", "-c", "disk-only", Host.Disk);
        Put("hosts/containerhost/checkpoints/state-only.json", "{}");
        (await Checkpoints.ListAsync(HostName.Default, Token)).ShouldBeEmpty();

        await Checkpoints.CreateAsync(HostName.Default, "disk-only", Token);
        await Checkpoints.CreateAsync(HostName.Default, "state-only", Token);

        (await Checkpoints.ListAsync(HostName.Default, Token))
            .Select(one => one.Name)
            .ShouldBe(["disk-only", "state-only"]);
        (await RealTool.RunAsync("qemu-img", "snapshot", "-l", Host.Disk)).Split("disk-only").Length.ShouldBe(2);
    }

    [Fact]
    public async Task One_whose_state_is_damaged_is_told_before_the_disk_is_touched()
    {
        await Checkpoints.CreateAsync(HostName.Default, "clean", Token);
        await WriteAsync(7);
        Put("hosts/containerhost/checkpoints/clean.json", "{");

        var failed = await Should.ThrowAsync<ContainerHostException>(
            Checkpoints.RestoreAsync(HostName.Default, "clean", Token)
        );

        failed.Saw.ShouldContain("clean.json");
        await ReadAsync(7);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("-c")]
    [InlineData("../x")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("a\n")]
    [InlineData("ä")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task A_name_that_is_none_is_refused(string name)
    {
        (await ProblemAsync(() => Checkpoints.CreateAsync(HostName.Default, name, Token))).ShouldContain(
            "Allowed: 1 to 64"
        );
        (await ProblemAsync(() => Checkpoints.RestoreAsync(HostName.Default, name, Token))).ShouldContain(
            "is not valid"
        );
        (await ProblemAsync(() => Checkpoints.RemoveAsync(HostName.Default, name, Token))).ShouldContain(
            "is not valid"
        );
    }

    [Fact]
    public async Task A_name_is_taken_once()
    {
        await Checkpoints.CreateAsync(HostName.Default, "clean", Token);

        (await ProblemAsync(() => Checkpoints.CreateAsync(HostName.Default, "clean", Token))).ShouldContain("is taken");
    }

    private HostState State => _services.Store.Load(HostName.Default)!;

    private Task SaveAsync(HostState state) => _services.Store.SaveAsync(state, Token);

    private Task<string> WriteAsync(int pattern, string? disk = null) =>
        RealTool.RunAsync("qemu-io", "-f", "qcow2", "-c", $"write -P {pattern} 0 64k", disk ?? Host.Disk);

    private async Task ReadAsync(int pattern, string? disk = null) =>
        (
            await RealTool.RunAsync("qemu-io", "-f", "qcow2", "-c", $"read -P {pattern} 0 64k", disk ?? Host.Disk)
        ).ShouldNotContain("Pattern verification failed");

    private static async Task<string> ProblemAsync<T>(Func<Task<T>> work) =>
        (await Should.ThrowAsync<InvalidInputException>(work())).Problems.Single();
}
