using ContainerHost.Errors;
using ContainerHost.Waiting;
using Microsoft.Extensions.Time.Testing;

namespace ContainerHost.Tests.Waiting;

public sealed class PollTests
{
    private static readonly Wait Door = new("the door opens", TimeSpan.FromSeconds(10), "knock louder.")
    {
        Host = "lab",
    };

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task A_wait_ends_with_what_was_found()
    {
        var looks = 0;
        var poll = new Poll(_time) { Interval = TimeSpan.FromSeconds(1) };

        var waiting = poll.UntilAsync(
            Door,
            _ => Task.FromResult(++looks == 3 ? Looks.Found("open") : Looks.NotYet<string>("closed")),
            Token
        );
        await AdvanceUntilDoneAsync(waiting);

        (await waiting).ShouldBe("open");
        looks.ShouldBe(3);
    }

    [Fact]
    public async Task A_passed_deadline_tells_what_was_awaited_and_last_seen()
    {
        var poll = new Poll(_time);

        var waiting = poll.UntilAsync(
            Door with
            {
                OnDeadline = () => "footsteps",
            },
            _ => Task.FromResult(Looks.NotYet<string>("closed")),
            Token
        );
        await AdvanceUntilDoneAsync(waiting);

        var error = await Should.ThrowAsync<DeadlineException>(waiting);
        error.Message.ShouldBe(
            "Could not wait until the door opens (host 'lab').\n  Saw: after 10 s: closed\n       footsteps\n  Try: knock louder."
        );
        error.ExitCode.ShouldBe(ExitCodes.TimedOut);
    }

    [Fact]
    public async Task A_look_that_hangs_does_not_outlive_the_deadline()
    {
        var waiting = new Poll(_time).UntilAsync(
            Door,
            async token =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
                return Looks.Found("never");
            },
            Token
        );
        await AdvanceUntilDoneAsync(waiting);

        (await Should.ThrowAsync<DeadlineException>(waiting)).Saw.ShouldContain("nothing yet");
    }

    [Fact]
    public async Task The_callers_cancellation_is_not_a_deadline()
    {
        using var cancellation = new CancellationTokenSource();
        var waiting = new Poll(_time).UntilAsync(
            Door,
            _ => Task.FromResult(Looks.NotYet<int>("closed")),
            cancellation.Token
        );

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(waiting);
    }

    private async Task AdvanceUntilDoneAsync(Task waiting)
    {
        for (var step = 0; step < 200 && !waiting.IsCompleted; step++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Yield();
            await Task.WhenAny(waiting, Task.Delay(1, Token));
        }
    }
}
