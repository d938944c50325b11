using ContainerHost.Errors;
using ContainerHost.Hosts;
using ContainerHost.Specification;
using Microsoft.Extensions.Time.Testing;
using Serilog.Core;

namespace ContainerHost.Tests.Hosts;

public sealed class HostSessionTests : FolderTest
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private HostStore Store => new(Folder);
    private StepRecord Journalled => Store.Load(HostName.Default)!.Find(Step.CreateVm)!;

    [Fact]
    public async Task A_step_is_journalled_as_begun_before_it_works_and_as_done_after()
    {
        using var session = await BeginAsync();

        await session.RunAsync(
            Step.CreateVm,
            "inputs",
            () =>
            {
                (Journalled.IsDone, Journalled.Fingerprint).ShouldBe((false, "inputs"));
                _time.Advance(TimeSpan.FromSeconds(4));
                return Task.FromResult("made");
            },
            Token
        );

        (Journalled.DurationMs, Journalled.Note).ShouldBe((4000, "made"));
        session.IsUpToDate(Step.CreateVm, "inputs").ShouldBeTrue();
        session.IsUpToDate(Step.CreateVm, "other inputs").ShouldBeFalse();
    }

    [Fact]
    public async Task A_step_that_fails_stays_begun_for_the_next_run()
    {
        using var session = await BeginAsync();

        await Should.ThrowAsync<InvalidOperationException>(() =>
            session.RunAsync(Step.CreateVm, "inputs", () => throw new InvalidOperationException(), Token)
        );

        Journalled.IsDone.ShouldBeFalse();
        session.IsUpToDate(Step.CreateVm, "inputs").ShouldBeFalse();
    }

    [Fact]
    public void A_folder_of_somebody_elses_is_refused()
    {
        var precious = Put(Path.Combine(HostName.Default.Value, "thesis.txt"), "years of work");
        using var session = Open();

        var refused = Should.Throw<InvalidInputException>(session.RequireOurs);

        refused.Message.ShouldContain("'thesis.txt' in it but no state of a host");
        File.ReadAllText(precious).ShouldBe("years of work");
    }

    [Fact]
    public async Task What_is_forgotten_goes_with_its_state_last()
    {
        using var session = await BeginAsync();
        var deep = Put(Path.Combine(HostName.Default.Value, "failure", "serial.log"), "");
        Directory.CreateSymbolicLink(
            Path.Combine(session.Folder.Path, "elsewhere"),
            Directory.CreateDirectory(In("elsewhere")).FullName
        );
        Put(Path.Combine("elsewhere", "kept"), "");

        session.Forget();

        (File.Exists(deep), Directory.Exists(session.Folder.Path), File.Exists(In("elsewhere", "kept"))).ShouldBe(
            (false, false, true)
        );
    }

    [Fact]
    public async Task A_second_writer_is_refused_and_told_who_holds_the_host()
    {
        using var session = await BeginAsync();

        var busy = Should.Throw<HostBusyException>(() => Open());

        busy.Message.ShouldContain($"process {Environment.ProcessId} holds");
        busy.ExitCode.ShouldBe(ExitCodes.HostBusy);
    }

    [Fact]
    public async Task A_closed_session_lets_the_next_one_in()
    {
        (await BeginAsync()).Dispose();

        using var next = Open();

        next.State.ShouldNotBeNull();
    }

    [Fact]
    public void A_damaged_state_does_not_keep_the_lock()
    {
        Put("containerhost/host.json", "{");
        Should.Throw<ContainerHostException>(() => Open());

        using var remover = new HostSession(Store, HostName.Default, _time, Logger.None, readState: false);

        remover.State.ShouldBeNull();
    }

    [Fact]
    public async Task A_forgotten_host_leaves_no_folder()
    {
        using var session = await BeginAsync();

        session.Forget();

        Directory.Exists(session.Folder.Path).ShouldBeFalse();
        Should.Throw<ContainerHostException>(() => session.Existing).Try.ShouldContain("CreateVm");
    }

    private HostSession Open() => new(Store, HostName.Default, _time, Logger.None);

    private async Task<HostSession> BeginAsync()
    {
        var session = Open();
        var state = new HostState
        {
            Spec = new HostRequest().ToSpec(),
            InstanceId = Guid.NewGuid(),
            CreatedAt = _time.GetUtcNow(),
        };
        await session.SaveAsync(state, Token);
        return session;
    }
}
