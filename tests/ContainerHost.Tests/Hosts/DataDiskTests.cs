using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Hosts;
using ContainerHost.Hosts.Templates;
using ContainerHost.Machines;
using ContainerHost.Machines.Qemu;
using ContainerHost.Specification;
using ContainerHost.Tests.Specification;
using ContainerHost.Tests.Sweeps;

namespace ContainerHost.Tests.Hosts;

/// <summary>Disks for data of hosts on the real QEMU hypervisor over what stands in for QEMU, with real disks.</summary>
public sealed class DataDiskTests : SweepTest
{
    private const string Mount = "Guests.Debian.mount-data.sh";
    private const string One = "--name lab1 --runtime None --data-disk 1GiB";

    private readonly LinuxScene _scene;

    public DataDiskTests()
    {
        StandInQemu.Require();
        RealTool.Require("qemu-img");
        _scene = new LinuxScene(Folder);
    }

    public override void Dispose()
    {
        _scene.DestroyAsync(CancellationToken.None).GetAwaiter().GetResult().ShouldBeEmpty();
        _scene.Dispose();
        base.Dispose();
    }

    private HostFolder Host => _scene.Host;

    private static HostName Lab1 =>
        HostName.TryParse("lab1", out var name) ? name : throw new InvalidOperationException();

    [Fact]
    public async Task A_host_has_a_disk_that_its_guest_mounts_as_it_is_set_up_and_that_grows()
    {
        await MakeAsync(One);

        (await SizeAsync()).ShouldBe(1L << 30);
        MountsAsked.ShouldBe(1);
        var listed = (await new HostLister(_scene.Services).ListAsync(Token)).Single();
        listed.DataDisk.ShouldBe("1GiB");
        HostTable.Render([listed], DateTimeOffset.UnixEpoch, width: null).ShouldContain("debian-13, 1GiB of data");

        (await MakeAsync("--name lab1 --data-disk 3GiB")).Note.ShouldContain(
            "the data disk had 1GiB and has 3GiB: /data has"
        );

        MountsAsked.ShouldBe(2);
        (await MachineAsync()).DataDisk.ShouldBe(ByteSize.FromGiB(3));
        (await MakeAsync("--name lab1")).Skipped.ShouldBeTrue();
    }

    [Theory]
    [InlineData("--name lab1 --runtime None", "--data-disk: has none, asked for 1GiB")]
    [InlineData("--name lab1 --runtime None --data-disk 2GiB", "--data-disk: has 2GiB, asked for 1GiB")]
    public async Task What_neither_shrinks_nor_comes_later_takes_another_host(string had, string told)
    {
        await MakeAsync(had);

        (
            await Should.ThrowAsync<SpecChangedException>(() => MakeAsync("--name lab1 --data-disk 1GiB"))
        ).Message.ShouldContain(told);
    }

    [Fact]
    public async Task It_is_kept_when_that_is_asked_for_and_goes_with_its_host_else()
    {
        await MakeAsync(One);
        var first = _scene.Services.Store.Load(Lab1)!.InstanceId;
        await WriteAsync(5);
        await RealTool.RunAsync("qemu-img", "snapshot", "-c", "of-the-first", Host.DataDisk);

        await MakeAsync("--name lab1 --runtime None --keep-data --data-disk 2GiB", recreate: true);

        _scene.Services.Store.Load(Lab1)!.InstanceId.ShouldNotBe(first);
        await ShouldHaveAsync(5);
        (await SizeAsync()).ShouldBe(2L << 30);
        (await RealTool.RunAsync("qemu-img", "snapshot", "-l", "-U", Host.DataDisk)).ShouldBe("");
        (new FileInfo(Host.DataDisk).LinkTarget, File.Exists(Host.KeptDataDisk)).ShouldBe((null, false));
        await MakeAsync("--name lab1 --runtime None --keep-data", recreate: true);
        await ShouldHaveAsync(5);
        _scene.Services.Store.Load(Lab1)!.Spec.DataDisk.ShouldBe(ByteSize.FromGiB(2));

        await MakeAsync(One, recreate: true);

        await ShouldHaveAsync(0);
    }

    [Theory]
    [InlineData(Mount)]
    [InlineData("snapshot")]
    public async Task Whatever_fails_on_the_way_it_is_still_kept(string call)
    {
        await MakeAsync(One);
        await WriteAsync(5);
        await RealTool.RunAsync("qemu-img", "snapshot", "-c", "of-the-first", Host.DataDisk);
        _scene.Ports.Faults = made => made.Name.EndsWith(call, StringComparison.Ordinal) ? PortFault.InputOutput : null;
        const string again = "--name lab1 --runtime None --keep-data";

        for (var time = 0; time < 2; time++)
        {
            await Should.ThrowAsync<ContainerHostException>(() => MakeAsync(again, recreate: true));
            Directory.Exists(Host.Path).ShouldBeFalse();
            File.Exists(Host.KeptDataDisk).ShouldBeTrue();
        }

        _scene.Ports.Faults = _ => null;
        await MakeAsync(again, recreate: true);
        await ShouldHaveAsync(5);
        File.Exists(Host.KeptDataDisk).ShouldBeFalse();
    }

    [Fact]
    public async Task A_run_that_was_killed_before_it_settled_is_made_up_for_by_the_next()
    {
        await MakeAsync(One);
        await WriteAsync(5);
        File.Move(Host.DataDisk, Host.KeptDataDisk);
        File.CreateSymbolicLink(Host.DataDisk, Path.Combine("..", Path.GetFileName(Host.KeptDataDisk)));

        await MakeAsync("--name lab1");

        (new FileInfo(Host.DataDisk).LinkTarget, File.Exists(Host.KeptDataDisk)).ShouldBe((null, false));
        await ShouldHaveAsync(5);
    }

    [Fact]
    public async Task A_host_that_is_removed_leaves_none_not_even_one_that_was_kept()
    {
        await MakeAsync(One);
        await File.WriteAllTextAsync(Host.KeptDataDisk, "of a run that was cut off", Token);

        await new HostRemover(_scene.Services).RemoveAsync(Lab1, Token);

        Directory.EnumerateFiles(_scene.Services.Store.HostsDirectory, "*data.qcow2").ShouldBeEmpty();
    }

    [Fact]
    public async Task One_that_waits_alone_is_told_as_removed()
    {
        await MakeAsync(One);
        await new HostRemover(_scene.Services).RemoveAsync(Lab1, Token);
        await File.WriteAllTextAsync(Host.KeptDataDisk, "of a run that failed", Token);

        (await new HostRemover(_scene.Services).RemoveAsync(Lab1, Token)).ShouldBeTrue();

        File.Exists(Host.KeptDataDisk).ShouldBeFalse();
        (await new HostRemover(_scene.Services).RemoveAsync(Lab1, Token)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("--name lab1 --keep-data", false, "--keep-data needs --recreate")]
    [InlineData("--name lab1 --keep-data", true, "the host 'lab1' has no data disk")]
    [InlineData(
        "--name lab1 --keep-data --provider HyperV --guest debian-13-cloud",
        true,
        "is for Linux guests on QEMU"
    )]
    public async Task What_cannot_be_kept_is_told_before_anything_is_touched(string typed, bool recreate, string told)
    {
        await MakeAsync("--name lab1 --runtime None");
        var before = await File.ReadAllTextAsync(Host.State, Token);

        (await Should.ThrowAsync<InvalidInputException>(() => MakeAsync(typed, recreate))).Message.ShouldContain(told);

        (await File.ReadAllTextAsync(Host.State, Token)).ShouldBe(before);
    }

    [Fact]
    public async Task A_kept_disk_is_never_cut()
    {
        await MakeAsync("--name lab1 --runtime None --data-disk 2GiB");

        (
            await Should.ThrowAsync<InvalidInputException>(() =>
                MakeAsync("--name lab1 --keep-data --data-disk 1GiB", recreate: true)
            )
        ).Message.ShouldContain("the disk has 2GiB, and is never cut");

        (await SizeAsync()).ShouldBe(2L << 30);
    }

    [Fact]
    public async Task No_template_is_made_of_a_host_with_one()
    {
        await MakeAsync(One);
        var state = _scene.Services.Store.Load(Lab1)!;
        await _scene.Services.Store.SaveAsync(
            state with
            {
                LastVerification = new LastVerification(DateTimeOffset.UnixEpoch, Passed: true),
            },
            Token
        );

        (
            await Should.ThrowAsync<ContainerHostException>(() =>
                new TemplateMaker(_scene.Services).MakeAsync(Lab1, null, Token)
            )
        ).Saw.ShouldContain("a data disk of 1GiB, which no template carries");
    }

    private int MountsAsked => _scene.Ports.Calls.Count(call => call.Name == Mount);

    private async Task<StepOutcome> MakeAsync(string typed, bool recreate = false)
    {
        // What stands in for QEMU has no guest that would shut down.
        if (recreate)
            await _scene.Services.HypervisorFor(null!).StopAsync(Host, TimeSpan.Zero, Token);
        using var provisioner = await Provisioner.OpenAsync(_scene.Services, Typed.Request(typed), recreate, Token);
        return await provisioner.CreateVmAsync(Token);
    }

    private async Task<MachineSpec> MachineAsync() => (await MachineFile.NeedAsync<QemuMachine>(Host, Token)).Spec;

    private async Task<long> SizeAsync()
    {
        var told = await RealTool.RunAsync("qemu-img", "info", "-U", "--output=json", Host.DataDisk);
        return System.Text.Json.Nodes.JsonNode.Parse(told)!["virtual-size"]!.GetValue<long>();
    }

    private Task<string> WriteAsync(int pattern) =>
        RealTool.RunAsync("qemu-io", "-f", "qcow2", "-c", $"write -P {pattern} 0 64k", Host.DataDisk);

    private async Task ShouldHaveAsync(int pattern) =>
        (
            await RealTool.RunAsync("qemu-io", "-r", "-f", "qcow2", "-c", $"read -P {pattern} 0 64k", Host.DataDisk)
        ).ShouldNotContain("verification failed");
}
