using ContainerHost.Progress;
using Microsoft.Extensions.Time.Testing;

namespace ContainerHost.Tests.Progress;

public sealed class ProgressBoardTests : FolderTest
{
    private readonly FakeTimeProvider _time = new();

    private ProgressBoard Board => field ??= new ProgressBoard(_time, new ExpectedTimes(In("durations.json")));

    [Fact]
    public async Task A_step_within_another_is_a_part_of_it_and_its_hosts()
    {
        var seen = await Board.RunAsync(
            "make",
            async outer =>
            {
                outer.Detail = new StepDetail { Stage = "begun" };
                _time.Advance(TimeSpan.FromSeconds(3));
                await Task.Yield();
                return await Board.RunAsync("boot", _ => Task.FromResult(Board.Running));
            },
            host: "one"
        );

        seen.Select(step => (step.What, step.Host, step.Depth, step.IsInnermost, step.Elapsed.TotalSeconds))
            .ShouldBe([("make", "one", 0, false, 3), ("boot", "one", 1, true, 0)]);
        seen[0].Detail.Stage.ShouldBe("begun");
        Board.Running.ShouldBeEmpty();
    }

    [Fact]
    public async Task Steps_beside_each_other_are_each_with_its_own()
    {
        var both = new TaskCompletionSource();
        async Task<bool> InnerAsync()
        {
            await both.Task;
            return true;
        }
        var first = Board.RunAsync("first", _ => Board.RunAsync("a", _ => InnerAsync()));
        var second = Board.RunAsync("second", _ => Board.RunAsync("b", _ => InnerAsync()));

        var seen = Board.Running.Select(step => step.What);
        both.SetResult();
        await Task.WhenAll(first, second);

        seen.ShouldBe(["first", "a", "second", "b"]);
    }

    [Fact]
    public async Task What_a_step_took_is_expected_of_the_next_of_its_kind()
    {
        await RunAsync(20);

        (await RunAsync(5)).ShouldBe(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task What_failed_was_skipped_or_took_no_time_says_nothing_of_the_next()
    {
        await Should.ThrowAsync<IOException>(() =>
            Board.RunAsync<bool>(
                "boot",
                _ =>
                {
                    _time.Advance(TimeSpan.FromSeconds(9));
                    throw new IOException("full");
                },
                "boot"
            )
        );
        await RunAsync(9, counts: false);
        await RunAsync(0.5);

        (await RunAsync(5)).ShouldBeNull();
        Board.Running.ShouldBeEmpty();
    }

    [Fact]
    public void The_hosts_of_a_lab_are_on_it_until_its_run_is_over()
    {
        using (var rows = Board.Begin(["one", "two", "three"]))
        {
            rows.Set("one", HostPhase.Running);
            _time.Advance(TimeSpan.FromSeconds(5));
            rows.Set("two", HostPhase.Running);
            rows.Set("one", HostPhase.Failed);
            rows.Set("three", HostPhase.NotTried);
            _time.Advance(TimeSpan.FromSeconds(2));

            Board.Hosts.ShouldBe([
                new HostProgress("one", HostPhase.Failed, TimeSpan.FromSeconds(5)),
                new HostProgress("two", HostPhase.Running, TimeSpan.FromSeconds(2)),
                new HostProgress("three", HostPhase.NotTried, null),
            ]);
        }
        Board.Hosts.ShouldBeEmpty();
    }

    // Returns what was expected of it.
    private Task<TimeSpan?> RunAsync(double seconds, bool counts = true) =>
        Board.RunAsync(
            "boot",
            _ =>
            {
                _time.Advance(TimeSpan.FromSeconds(seconds));
                return Task.FromResult(Board.Running[0].Expected);
            },
            "boot debian",
            _ => counts
        );
}
