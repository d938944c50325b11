using ContainerHost.Files;
using ContainerHost.Hosts;
using ContainerHost.Hosts.Life;
using ContainerHost.Hosts.Pruning;
using ContainerHost.Hosts.Templates;
using ContainerHost.Machines.Qemu;
using ContainerHost.Processes;
using ContainerHost.Specification;
using Microsoft.Extensions.Time.Testing;
using Serilog.Core;

namespace ContainerHost.Tests.Hosts.Life;

/// <summary>What is past its lifetime goes with any later run, whoever made it; and nothing else does.</summary>
public sealed class LeasesTests : FolderTest
{
    private static readonly DateTimeOffset Begun = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _time = new(Begun);
    private readonly HostServices _services;

    public LeasesTests() =>
        _services = new()
        {
            Folders = new LocalFolders(In("hosts"), In("cache"), In("reports")),
            HypervisorFor = _ => new QemuHypervisor(In("cache"), new ProcessRunner(), TimeProvider.System),
            Time = _time,
            Log = Logger.None,
            Guests = null!,
            Processes = null!,
            Media = null!,
            Artifacts = null!,
            Releases = null!,
        };

    private Leases Leases => new(_services);

    private HostStore Templates => new TemplateStore(_services).Services.Store;

    [Fact]
    public async Task A_host_goes_once_its_lifetime_has_ended_and_not_before()
    {
        await MakeAsync(_services.Store, "short", TimeSpan.FromHours(2));
        await MakeAsync(_services.Store, "long", TimeSpan.FromHours(3));
        await MakeAsync(_services.Store, "good", null);

        _time.Advance(TimeSpan.FromHours(2) - TimeSpan.FromSeconds(1));
        await Leases.RemoveAsync(null, Token);
        Names().ShouldBe(["good", "long", "short"]);
        _time.Advance(TimeSpan.FromSeconds(1));
        await Leases.RemoveAsync(null, Token);

        Names().ShouldBe(["good", "long"]);
    }

    [Fact]
    public async Task One_that_another_run_works_on_stays_and_one_that_gets_a_new_lifetime_too()
    {
        await MakeAsync(_services.Store, "busy", TimeSpan.FromHours(1));
        await MakeAsync(_services.Store, "again", TimeSpan.FromHours(1));
        await MakeAsync(_services.Store, "ended", TimeSpan.FromHours(1));
        _time.Advance(TimeSpan.FromHours(1));

        using (ProcessLock.Take(_services.Store.FolderOf(Name("busy")).ProcessLock, "work on it"))
            await Leases.RemoveAsync(Name("again"), Token);

        Names().ShouldBe(["again", "busy"]);
    }

    [Fact]
    public async Task One_that_was_renewed_or_made_anew_since_it_was_looked_at_stays()
    {
        await MakeAsync(_services.Store, "renewed", TimeSpan.FromHours(1));
        await MakeAsync(_services.Store, "anew", TimeSpan.FromHours(1));
        _time.Advance(TimeSpan.FromHours(1));
        var ended = Leases.Ended();
        await Leases.RenewAsync(Name("renewed"), "1h", Token);
        await MakeAsync(_services.Store, "anew", TimeSpan.Zero);

        foreach (var one in ended)
            (await Leases.TryRemoveAsync(one, Token)).ShouldBeNull();

        Names().ShouldBe(["anew", "renewed"]);
    }

    [Fact]
    public async Task A_template_stays_while_hosts_that_were_cloned_from_it_are_there()
    {
        await MakeAsync(Templates, "golden", TimeSpan.FromHours(1));
        await MakeAsync(_services.Store, "clone", TimeSpan.FromHours(2), clonedFrom: "golden");
        _time.Advance(TimeSpan.FromHours(1));

        await Leases.RemoveAsync(null, Token);
        Templates.List().Count.ShouldBe(1);
        _time.Advance(TimeSpan.FromHours(1));
        await Leases.RemoveAsync(null, Token);

        (Names().Length, Templates.List().Count).ShouldBe((0, 0));
    }

    [Fact]
    public async Task A_damaged_state_is_nobodys_lease()
    {
        await MakeAsync(_services.Store, "damaged", TimeSpan.FromHours(1));
        Put("hosts/damaged/host.json", "{");
        _time.Advance(TimeSpan.FromHours(1));

        await Leases.RemoveAsync(null, Token);

        Names().ShouldBe(["damaged"]);
    }

    [Fact]
    public async Task Prune_tells_first_and_removes_when_it_is_told_to()
    {
        await MakeAsync(_services.Store, "ended", TimeSpan.FromHours(1));
        Put("hosts/ended/disk.qcow2", new byte[8192]);
        _time.Advance(TimeSpan.FromHours(1));
        var pruner = new Pruner(_services);

        var told = await pruner.PruneAsync(remove: false, Token);
        Names().ShouldBe(["ended"]);
        var removed = await pruner.PruneAsync(remove: true, Token);

        told.Items.Single().Bytes.ShouldBeGreaterThanOrEqualTo(8192);
        PruneText.Of(told).First().ShouldContain("host past its lifetime");
        removed.Items.Single().Problem.ShouldBeNull();
        Names().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null, "12:30", "12:30")]
    [InlineData("2h", "12:30", "14:00")]
    [InlineData("2h", null, "14:00")]
    [InlineData("none", "12:30", null)]
    [InlineData("NONE", "12:30", null)]
    [InlineData(null, null, null)]
    public void What_is_asked_for_counts_from_now_on(string? asked, string? had, string? ends)
    {
        var request = new HostRequest { ["lifetime"] = asked };

        Lifetime.EndOf(request, At(had), Begun).ShouldBe(At(ends));

        static DateTimeOffset? At(string? time) =>
            time is null ? null : Begun.Date + TimeSpan.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData("2 h")]
    [InlineData("")]
    [InlineData("-1h")]
    [InlineData("0s")]
    [InlineData("forever")]
    [InlineData("169h")]
    public void What_is_no_time_is_none(string text) => Lifetime.TryParse(text, out _).ShouldBeFalse();

    private string[] Names() => [.. _services.Store.List().Select(name => name.Value)];

    private static HostName Name(string name) => new HostRequest { ["name"] = name }.ReadName();

    private Task MakeAsync(HostStore store, string name, TimeSpan? lifetime, string? clonedFrom = null) =>
        store.SaveAsync(
            new HostState
            {
                Spec = new HostRequest { ["name"] = name }.ToSpec(),
                InstanceId = Guid.NewGuid(),
                CreatedAt = _time.GetUtcNow(),
                ExpiresAt = _time.GetUtcNow() + lifetime,
                ClonedFrom = clonedFrom,
            },
            Token
        );
}
