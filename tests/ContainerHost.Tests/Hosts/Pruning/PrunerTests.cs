using ContainerHost.Files;
using ContainerHost.Hosts;
using ContainerHost.Hosts.Pruning;
using ContainerHost.Machines.Qemu;
using ContainerHost.Media;
using ContainerHost.Media.Keeping;
using ContainerHost.Processes;
using ContainerHost.Specification;
using Serilog.Core;

namespace ContainerHost.Tests.Hosts.Pruning;

/// <summary>What goes from a cache, and what never does.</summary>
public sealed class PrunerTests : FolderTest
{
    private const string Old = "000000000000000000000000000000000000000000000000000000000000000a";
    private const string Older = "000000000000000000000000000000000000000000000000000000000000000b";

    private CacheFolder Cache => new(In("cache"));

    private string Hosts => In("hosts");

    private HostServices Services(long limit = 0) =>
        new()
        {
            Folders = new LocalFolders(Hosts, Cache.Path, In("reports")) { CacheLimit = limit },
            HypervisorFor = _ => new QemuHypervisor(Cache.Path, new ProcessRunner(), TimeProvider.System),
            Processes = new ProcessRunner(),
            Log = Logger.None,
            Guests = null!,
            Media = null!,
            Artifacts = null!,
            Releases = null!,
        };

    [Fact]
    public async Task Nothing_goes_before_it_is_forced_and_then_what_was_told()
    {
        var path = await KeepAsync(Old, TimeSpan.FromDays(2));

        var told = await PruneAsync(remove: false);
        told.Items.ShouldHaveSingleItem().Path.ShouldBe(path);
        told.ItemBytes.ShouldBeGreaterThan(0);
        Directory.Exists(path).ShouldBeTrue();

        (await PruneAsync()).Items.ShouldBe(told.Items);
        Directory.Exists(path).ShouldBeFalse();
        (await PruneAsync()).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_least_recently_used_goes_first_and_no_more_than_the_limit_asks_for()
    {
        await KeepAsync(Old, TimeSpan.FromDays(2));
        var older = await KeepAsync(Older, TimeSpan.FromDays(3));
        var content = new CacheContent(Cache);

        (await PruneAsync(limit: content.Bytes)).Items.ShouldBeEmpty();
        (await PruneAsync(limit: content.Bytes - 1)).Items.ShouldHaveSingleItem().Path.ShouldBe(older);
        content.Entries.ShouldHaveSingleItem().Key.ShouldBe(Old);
    }

    [Fact]
    public async Task By_itself_a_run_takes_packages_alone()
    {
        var disk = await KeepAsync(Older, TimeSpan.FromDays(3));
        var package = await KeepAsync(Old, TimeSpan.FromDays(2));
        File.WriteAllText(Path.Combine(package, "runc_1.1_amd64.deb"), "a package");

        await new Pruner(Services()).KeepLimitAsync(Token);

        Directory.Exists(package).ShouldBeFalse();
        Directory.Exists(disk).ShouldBeTrue("hosts that nobody noted may lie on it");
    }

    [Fact]
    public async Task What_is_asked_for_counts_as_used()
    {
        var path = await KeepAsync(Old, TimeSpan.FromDays(2));

        (await CheckedFile.DigestOfAsync(Path.Combine(path, "file"), Token)).ShouldNotBeNull();

        (await PruneAsync()).Items.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("host.json")]
    [InlineData("machine.json")]
    [InlineData("host.lock.json")]
    public async Task What_any_host_names_stays_also_where_the_hosts_of_another_checkout_are(string file)
    {
        var path = await KeepAsync(Old, TimeSpan.FromDays(2));
        var other = In("elsewhere", ".hosts");
        Put($"elsewhere/.hosts/lab/{file}", $$"""{"diskPath": "/of/another/mount/{{Old}}/file"}""");
        await new CacheUsers(Cache.Path).NoteAsync(other, Token);

        (await PruneAsync()).Items.ShouldBeEmpty();
        Directory.Exists(path).ShouldBeTrue();
    }

    [Fact]
    public async Task Where_hosts_cannot_be_asked_only_leftovers_go_and_the_way_out_is_told()
    {
        await KeepAsync(Old, TimeSpan.FromDays(2));
        var part = Put($"cache/artifacts/{Older}/file.part", "half");
        File.SetLastWriteTimeUtc(part, DateTime.UtcNow.AddDays(-2));
        var users = new CacheUsers(Cache.Path);
        await users.NoteAsync(In("unmounted", ".hosts"), Token);

        var report = await PruneAsync();

        report.Items.ShouldHaveSingleItem().Path.ShouldBe(part);
        var note = users.NoteOf(In("unmounted", ".hosts"));
        report.Unknown.ShouldHaveSingleItem().ShouldContain(note);
        File.Delete(note);
        (await PruneAsync()).Items.Select(item => item.Path).ShouldContain(Cache.Artifact(Old));
    }

    [Fact]
    public async Task What_is_being_written_stays()
    {
        var young = Put($"cache/artifacts/{Older}/file.part", "half");
        await KeepAsync(Old, TimeSpan.FromDays(2));
        using var held = ProcessLock.TryTake(Cache.Lock(Old));

        var report = await PruneAsync();

        report.Items.Where(item => item.Problem is null).ShouldBeEmpty();
        report.Items.ShouldHaveSingleItem().Problem.ShouldBe("another process works on it");
        report.ItemBytes.ShouldBe(0);
        File.Exists(young).ShouldBeTrue();
        Directory.Exists(Cache.Artifact(Old)).ShouldBeTrue();
    }

    [Fact]
    public async Task Remains_of_a_killed_image_build_go_and_their_image_does_not_where_a_host_has_it()
    {
        var remains = Cache.Building("0123456789ab", "cut");
        Directory.CreateDirectory(Path.Combine(remains, "root", "etc"));
        Directory.SetLastWriteTimeUtc(remains, DateTime.UtcNow.AddDays(-2));
        Put("cache/images/0123456789ab/disk.raw", "disk");
        Put("hosts/lab/host.json", "0123456789ab");
        Directory.SetLastWriteTimeUtc(Cache.Image("0123456789ab"), DateTime.UtcNow.AddDays(-9));

        var item = (await PruneAsync()).Items.ShouldHaveSingleItem();

        item.Kind.ShouldBe("unfinished image");
        item.Problem.ShouldBeNull();
        Directory.GetDirectories(Cache.Images).ShouldBe([Cache.Image("0123456789ab")]);
    }

    [Fact]
    public async Task A_folder_of_hosts_is_noted_with_its_first_host_and_forgotten_with_its_last()
    {
        var store = Services().Store;
        var users = new CacheUsers(Cache.Path);
        await store.SaveAsync(
            new HostState
            {
                Spec = Spec("lab"),
                InstanceId = Guid.NewGuid(),
                CreatedAt = default,
            },
            Token
        );
        users.Folders.ShouldBe([Hosts]);

        (await new HostRemover(Services()).RemoveAsync(Spec("lab").Name, Token)).ShouldBeTrue();

        users.Folders.ShouldBeEmpty();
    }

    private static HostSpec Spec(string name) =>
        new() { Name = HostName.TryParse(name, out var parsed) ? parsed : null! };

    private Task<PruneReport> PruneAsync(bool remove = true, long limit = 0) =>
        new Pruner(Services(limit)).PruneAsync(remove, Token);

    // A download of 64 KiB that was used so long ago.
    private async Task<string> KeepAsync(string digest, TimeSpan ago)
    {
        var file = Put($"cache/artifacts/{digest}/file", new byte[1 << 16]);
        await CheckedFile.RecordAsync(file, Token);
        File.SetLastWriteTimeUtc($"{file}.stamp.json", DateTime.UtcNow - ago);
        return Cache.Artifact(digest);
    }
}
