using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Hosts;
using ContainerHost.Labs;
using ContainerHost.Machines;
using ContainerHost.Machines.Qemu;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Tests.Machines;
using Serilog.Core;

namespace ContainerHost.Tests.Labs;

/// <summary>What is planned for hosts as they are, and that a failure stops only what depends on it.</summary>
public sealed class LabPlannerTests : FolderTest
{
    private readonly HostServices _services;

    public LabPlannerTests() =>
        _services = new()
        {
            Folders = new LocalFolders(In("hosts"), In("cache"), In("reports")),
            HypervisorFor = _ => new QemuHypervisor(In("cache"), new ProcessRunner(), TimeProvider.System),
            Log = Logger.None,
            Guests = null!,
            Processes = new ProcessRunner(),
            Media = null!,
            Artifacts = null!,
            Releases = null!,
        };

    [Fact]
    public async Task What_is_not_there_is_made_or_cloned()
    {
        var steps = await PlanAsync(Host("one"), Host("two") with { From = Name("golden") });

        steps.Select(step => step.Action).ShouldBe([LabAction.Create, LabAction.Create]);
        steps.SelectMany(step => step.Why).ShouldBe(["made from nothing", "cloned from 'golden'"]);
    }

    [Fact]
    public async Task A_host_of_that_name_that_is_not_the_labs_is_an_error_and_stays()
    {
        await MakeAsync("one", state => state with { Lab = null });

        (await Should.ThrowAsync<InvalidInputException>(PlanAsync(Host("one"))))
            .Problems.Single()
            .ShouldContain("'one' is there already, and is no host of the lab 'demo'");
    }

    [Theory]
    [InlineData("memory", "3GiB", LabAction.Change, "--memory: has 2GiB, asked for 3GiB")]
    [InlineData("disk-size", "30GiB", LabAction.Change, "--disk-size: has 20GiB, asked for 30GiB")]
    [InlineData("disk-size", "10GiB", LabAction.Replace, "--disk-size: has 20GiB, asked for 10GiB")]
    [InlineData("guest", "debian-12", LabAction.Replace, "--guest: has debian-13, asked for debian-12")]
    [InlineData("memory", "2GiB", LabAction.Change, "it is off")]
    public async Task What_differs_is_changed_or_takes_another_host(
        string parameter,
        string value,
        LabAction action,
        string why
    )
    {
        await MakeAsync("one", state => state);
        var host = Host("one");

        var step = (await PlanAsync(host with { Request = host.Request.With(parameter, value) })).Single();

        (step.Action, step.Why.Contains(why)).ShouldBe((action, true), string.Join("; ", step.Why));
    }

    [Fact]
    public async Task A_host_that_came_another_way_is_replaced()
    {
        await MakeAsync("one", state => state with { ClonedFrom = "golden" });

        (await PlanAsync(Host("one"))).Single().Action.ShouldBe(LabAction.Replace);
    }

    [Fact]
    public async Task A_clone_that_was_killed_before_it_had_all_of_its_template_is_made_anew()
    {
        await MakeAsync(
            "one",
            state => state with { ClonedFrom = "golden", Steps = state.Steps.Remove(Step.InstallContainers) }
        );

        var step = (await PlanAsync(Host("one") with { From = Name("golden") })).Single();

        (step.Action, step.Why.Single()).ShouldBe((LabAction.Create, "an earlier run did not finish it"));
    }

    [Fact]
    public async Task A_host_that_another_run_has_made_since_the_plan_is_not_removed()
    {
        await MakeAsync("one", state => state with { Lab = null });
        var absent = new LabStep(Name("one"), LabAction.Create, []);

        (
            await Should.ThrowAsync<ContainerHostException>(() => LabHostMaker.RemoveAsync(_services, absent, Token))
        ).Saw.ShouldBe("another run has made it anew since the plan was made");
        _services.Store.Has(Name("one")).ShouldBeTrue();

        var planned = absent with { InstanceId = _services.Store.Load(Name("one"))!.InstanceId };
        await LabHostMaker.RemoveAsync(_services, planned, Token);
        _services.Store.Has(Name("one")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_script_runs_once_and_again_when_it_was_changed()
    {
        var script = new UserScript("/lab/setup.sh", "one");
        await MakeAsync("one", state => state with { Provisioned = [script.Mark(asUser: false)] });

        (await PlanAsync(Host("one") with { Scripts = [script] })).Single().Why.ShouldBe(["it is off"]);
        var changed = script with { Text = "two" };
        (await PlanAsync(Host("one") with { Scripts = [changed] }))
            .Single()
            .Why.ShouldContain("'setup.sh' is to be run");
    }

    [Fact]
    public async Task What_the_file_names_no_more_is_removed_and_nothing_else_whatever_state_that_is_in()
    {
        await MakeAsync("gone", state => state);
        await MakeAsync("other", state => state with { Lab = "another" });
        await MakeAsync("damaged", state => state);
        Put("hosts/damaged/host.json", "{");

        var steps = await PlanAsync(Host("one"));

        steps
            .Select(step => (step.Name.Value, step.Action))
            .ShouldBe([("one", LabAction.Create), ("gone", LabAction.Remove)]);
    }

    [Fact]
    public async Task A_failure_stops_only_what_depends_on_it()
    {
        var bad = Host("bad") with { From = Name("nowhere") };
        var late = Host("late") with { Needs = [bad.Name] };
        var later = Host("later") with { Needs = [late.Name] };
        var fine = Host("fine");
        var lab = new Lab("lab.yaml", Name("demo"), [later, late, bad, fine]);
        LabStep[] plan =
        [
            .. lab.Hosts.Select(host => new LabStep(host.Name, host == fine ? LabAction.Keep : LabAction.Create, [])),
        ];

        var outcomes = await new LabRunner(_services, lab, parallel: 2).UpAsync(plan, install: false, Token);

        outcomes.Select(one => one.Name.Value).ShouldBe(["later", "late", "bad", "fine"]);
        outcomes.Select(one => one.Succeeded).ShouldBe([false, false, false, true]);
        outcomes[0].Problem.ShouldBe("not tried, since it needs 'late'");
        outcomes[1].Problem.ShouldBe("not tried, since it needs 'bad'");
        outcomes[2].Problem.ShouldNotBeNull().ShouldContain("use the template 'nowhere'");
    }

    [Fact]
    public async Task What_nobody_foresaw_of_one_host_leaves_the_others_alone()
    {
        var (odd, fine) = (Host("odd"), Host("fine"));
        var lab = new Lab("lab.yaml", Name("demo"), [odd, fine]);
        LabStep[] plan = [new(odd.Name, LabAction.Create, []), new(fine.Name, LabAction.Keep, [])];
        var services = _services with { HypervisorFor = _ => throw new InvalidOperationException("odd") };

        var outcomes = await new LabRunner(services, lab, parallel: 2).UpAsync(plan, install: false, Token);

        outcomes.Select(one => one.Succeeded).ShouldBe([false, true]);
        outcomes[0].Problem.ShouldNotBeNull().ShouldContain("Diagnose");
    }

    [Fact]
    public void Hosts_that_ask_at_once_have_one_hypervisor()
    {
        var made = 0;
        var hypervisors = new LocalHypervisors().With(
            Provider.Qemu,
            spec => spec.Provider,
            _ =>
            {
                Interlocked.Increment(ref made);
                Thread.Sleep(20);
                return _services.HypervisorFor(null!);
            }
        );
        var spec = Host("one").Request.ToSpec();

        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ => hypervisors.For(spec));

        made.ShouldBe(1);
    }

    [Fact]
    public async Task More_memory_than_there_is_is_told_for_all_hosts_that_are_begun()
    {
        LabHost[] hosts = [Large("one"), Large("two"), Large("three") with { From = Name("nowhere") }];
        var lab = new Lab("lab.yaml", Name("demo"), hosts);

        var problems = await new LabMemory(_services).LookAsync(lab, await PlanAsync(hosts), Token);

        problems.Single().ShouldMatch("2 hosts with 1000 GiB in all are begun, and there is .* GiB available: .*");
        await MakeAsync("one", state => state);
        (await new LabMemory(_services).LookAsync(lab, await PlanAsync(Host("one")), Token)).ShouldBeEmpty();

        static LabHost Large(string name) => Host(name) with { Request = Host(name).Request.With("memory", "500GiB") };
    }

    private Task<IReadOnlyList<LabStep>> PlanAsync(params IReadOnlyList<LabHost> hosts) =>
        new LabPlanner(_services).PlanAsync(new Lab("lab.yaml", Name("demo"), hosts), Token);

    private static LabHost Host(string name) =>
        new()
        {
            Name = Name(name),
            Role = name,
            Request = new HostRequest { ["name"] = name, ["provider"] = "Qemu" },
        };

    // Whole, and off.
    private async Task MakeAsync(string name, Func<HostState, HostState> change)
    {
        var done = new StepRecord
        {
            Fingerprint = "",
            StartedAt = DateTimeOffset.UnixEpoch,
            DurationMs = 1,
        };
        var state = new HostState
        {
            Spec = Host(name).Request.ToSpec(),
            InstanceId = Guid.NewGuid(),
            CreatedAt = DateTimeOffset.UnixEpoch,
            Lab = "demo",
        }
            .With(Step.CreateVm, done)
            .With(Step.InstallContainers, done);
        await _services.Store.SaveAsync(change(state), Token);
        var folder = _services.Store.FolderOf(Name(name));
        var machine = MachineSample.Built with { Name = Name(name), InstanceId = state.InstanceId, Folder = folder };
        await MachineFile.SaveAsync(folder, new QemuMachine(machine, "tcg", Port: 0), Token);
        await File.WriteAllTextAsync(folder.Disk, "", Token);
    }

    private static HostName Name(string name) => new HostRequest { ["name"] = name }.ReadName();
}
