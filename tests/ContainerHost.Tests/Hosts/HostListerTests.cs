using ContainerHost.Files;
using ContainerHost.Hosts;
using ContainerHost.Machines;
using ContainerHost.Machines.Qemu;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Tests.Machines;
using ContainerHost.Tests.Machines.Qemu;
using Serilog.Core;

namespace ContainerHost.Tests.Hosts;

/// <summary>What hosts take, by a real QEMU without a guest and real files.</summary>
public sealed class HostListerTests : FolderTest
{
    private readonly HostServices _services;
    private readonly MachineSpec _machine;

    public HostListerTests()
    {
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
        _machine = MachineSample.Built with
        {
            Folder = _services.Store.FolderOf(HostName.Default),
            InstanceId = Guid.NewGuid(),
        };
    }

    public override async ValueTask InitializeAsync()
    {
        var made = new StepRecord
        {
            Fingerprint = "",
            StartedAt = DateTimeOffset.UnixEpoch,
            DurationMs = 1,
        };
        var state = new HostState
        {
            Spec = new HostRequest().ToSpec(),
            InstanceId = _machine.InstanceId,
            CreatedAt = DateTimeOffset.UnixEpoch,
        };
        await _services.Store.SaveAsync(state.With(Step.CreateVm, made), Token);
        await MachineFile.SaveAsync(_machine.Folder, new QemuMachine(_machine, "tcg", Port: 0), Token);
    }

    public override ValueTask DisposeAsync()
    {
        SleepingQemu.End(_machine.Folder);
        return base.DisposeAsync();
    }

    [Fact]
    public async Task A_host_that_is_off_takes_what_is_allocated_of_its_files_and_no_memory()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells what is allocated.");
        await File.WriteAllTextAsync(_machine.Folder.Disk, "", Token);
        var before = (await ListAsync()).DiskBytes.ShouldNotBeNull();

        // A disk of a GiB of which a MiB was written, and a checkpoint's file in the folder below.
        await using (var disk = new FileStream(_machine.Folder.Disk, FileMode.Open))
        {
            disk.Write(new byte[1 << 20]);
            disk.SetLength(1 << 30);
        }
        Directory.CreateDirectory(_machine.Folder.Checkpoints);
        await File.WriteAllBytesAsync(Path.Combine(_machine.Folder.Checkpoints, "a.json"), new byte[1 << 16], Token);

        var host = await ListAsync();
        (host.DiskBytes - before).ShouldBe((1 << 20) + (1 << 16));
        (host.State, host.MemoryBytes).ShouldBe((HostCondition.Off, null));
    }

    [Fact]
    public async Task One_that_runs_takes_the_memory_that_its_qemu_has_alone()
    {
        await SleepingQemu.StartAsync(_machine);

        var host = await ListAsync();

        host.State.ShouldBe(HostCondition.Running);
        var process = int.Parse(
            await File.ReadAllTextAsync(_machine.Folder.PidFile, Token),
            System.Globalization.CultureInfo.InvariantCulture
        );
        // The kernel's own sum of what no file backs.
        var anonymous = File.ReadLines($"/proc/{process}/smaps_rollup")
            .Single(line => line.StartsWith("Anonymous:", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        var bytes = long.Parse(anonymous, System.Globalization.CultureInfo.InvariantCulture) << 10;
        host.MemoryBytes!.Value.ShouldBeInRange(bytes - (2 << 20), bytes + (2 << 20));
        bytes.ShouldBeGreaterThan(2 << 20);
    }

    private async Task<HostOverview> ListAsync() => (await new HostLister(_services).ListAsync(Token)).Single();
}
