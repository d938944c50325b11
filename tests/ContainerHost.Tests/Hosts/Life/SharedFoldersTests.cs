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

/// <summary>Folders of hosts that are off.</summary>
public sealed class SharedFoldersTests : FolderTest
{
    private readonly HostServices _services;

    public SharedFoldersTests() =>
        _services = new()
        {
            Folders = new LocalFolders(In("hosts"), In("cache"), In("reports")),
            HypervisorFor = _ => new QemuHypervisor(In("cache"), new ProcessRunner(), TimeProvider.System),
            Log = Logger.None,
            Processes = new ProcessRunner(),
            Guests = null!,
            Media = null!,
            Artifacts = null!,
            Releases = null!,
        };

    private SharedFolders Shared => new(_services);

    [Fact]
    public async Task A_host_that_is_off_keeps_them_for_later()
    {
        RealTool.Require("bwrap");
        var name = await MakeAsync("off");

        (await Shared.AddAsync(name, $"{Make("src")}:/work", Token)).ShouldContain("is off");
        await Shared.AddAsync(name, $"{In("src")}:/work,{Make("data")}:/data:ro", Token);

        Kept(name).ShouldBe($"{In("src")}:/work,{In("data")}:/data:ro");
        await Shared.RemoveAsync(name, "/work", Token);
        await Shared.RemoveAsync(name, "/work", Token);
        Kept(name).ShouldBe($"{In("data")}:/data:ro");
        // Nothing of it need be there.
        Directory.Delete(In("data"));
        (await Shared.RemoveAsync(name, $"{In("data")}:/data", Token)).ShouldBe("'off' has no folder of this machine");
        Kept(name).ShouldBeNull();
    }

    [Fact]
    public async Task What_is_ours_is_nobodys_to_mount_and_all_of_it_is_told()
    {
        var name = await MakeAsync("off");
        Make("cache");

        var problems = (
            await Should.ThrowAsync<InvalidInputException>(
                Shared.AddAsync(name, $"{Folder}:/a,{In("hosts")}:/b,{In("hosts", "off")}:/c,{In("cache")}:/d", Token)
            )
        ).Problems;

        problems.Count.ShouldBe(4);
        problems[0].ShouldContain("the folder of hosts, with their keys and passwords");
        problems[0].ShouldContain("is in it");
        problems[1].ShouldContain("is that");
        problems[2].ShouldContain("is around it");
        problems[3].ShouldContain("--cache-directory");
        Kept(name).ShouldBeNull();
    }

    [Theory]
    [InlineData("data", "data/in", false)]
    [InlineData("data/in", "data", false)]
    [InlineData("data:ro", "data/in", true)]
    [InlineData("data", "data", true)]
    public async Task A_folder_in_one_that_a_guest_writes_to_is_refused_since_it_could_be_replaced_by_a_link(
        string first,
        string second,
        bool isPossible
    )
    {
        RealTool.Require("bwrap");
        Make("data/in");
        var (one, other) = (await MakeAsync("one"), await MakeAsync("other"));
        await Shared.AddAsync(one, first.Contains(':') ? $"{In("data")}:/a:ro" : $"{In(first)}:/a", Token);

        var added = Shared.AddAsync(other, $"{In(second)}:/b", Token);

        if (isPossible)
            (await added).ShouldContain("will have");
        else
            (await Should.ThrowAsync<InvalidInputException>(added))
                .Problems.ShouldHaveSingleItem()
                .ShouldContain("one of the folders is in the other, which a guest may write to");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("none")]
    public async Task Folders_must_be_named(string? folders)
    {
        RealTool.Require("bwrap");
        var name = await MakeAsync("off");
        await Shared.AddAsync(name, $"{Make("src")}:/work", Token);

        (await Should.ThrowAsync<InvalidInputException>(Shared.AddAsync(name, folders, Token)))
            .Problems.ShouldHaveSingleItem()
            .ShouldContain("--mount must say which folders");
        (await Should.ThrowAsync<InvalidInputException>(Shared.RemoveAsync(name, folders, Token)))
            .Problems.ShouldHaveSingleItem()
            .ShouldContain($"of those that the host has: {In("src")}:/work");
    }

    [Fact]
    public async Task The_list_of_hosts_tells_them()
    {
        RealTool.Require("bwrap");
        var name = await MakeAsync("off");
        await Shared.AddAsync(name, $"{Make("src")}:/work:ro", Token);

        var host = (await new HostLister(_services).ListAsync(Token)).Single();

        host.Mounts.ShouldBe([$"{In("src")}:/work:ro"]);
        host.Problem.ShouldBeNull();
    }

    private string Make(string name) => Directory.CreateDirectory(In(name)).FullName;

    private string? Kept(HostName name) => _services.Store.Load(name)!.Spec.Mount?.ToString();

    private async Task<HostName> MakeAsync(string text)
    {
        HostName.TryParse(text, out var name).ShouldBeTrue();
        var folder = _services.Store.FolderOf(name!);
        var machine = MachineSample.Built with { Name = name!, Folder = folder, InstanceId = Guid.NewGuid() };
        var made = new StepRecord
        {
            Fingerprint = "",
            StartedAt = DateTimeOffset.UnixEpoch,
            DurationMs = 1,
        };
        await _services.Store.SaveAsync(
            new HostState
            {
                Spec = Tests.Specification.Typed.Spec($"--provider Qemu --name {text}"),
                InstanceId = machine.InstanceId,
                CreatedAt = DateTimeOffset.UnixEpoch,
            }.With(Step.CreateVm, made),
            Token
        );
        await MachineFile.SaveAsync(machine.Folder, new QemuMachine(machine, "tcg", Port: 0), Token);
        await File.WriteAllTextAsync(machine.Folder.Disk, "", Token);
        return name!;
    }
}
