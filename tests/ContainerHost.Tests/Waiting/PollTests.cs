using ContainerHost.Errors;
using ContainerHost.Waiting;
using Microsoft.Extensions.Time.Testing;

namespace ContainerHost.Tests.Waiting;

public sealed class PollTests
{
    private static readonly Wait Door = new("the door opens", TimeSpan.FromSeconds(10), "knock louder.", "lab");

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task A_wait_ends_with_what_was_found()
    {
        var looks = 0;

        var found = await WaitAsync(_ =>
            Task.FromResult(++looks == 3 ? Looks.Found("open") : Looks.NotYet<string>("closed"))
        );

        found.ShouldBe("open");
        looks.ShouldBe(3);
    }

    [Fact]
    public async Task A_passed_deadline_tells_what_was_awaited_and_last_seen()
    {
        var door = Door with { OnDeadline = () => "footsteps" };

        var error = await Should.ThrowAsync<DeadlineException>(
            WaitAsync(_ => Task.FromResult(Looks.NotYet<string>("closed")), door)
        );

        error.Message.ShouldBe(
            "Could not wait until the door opens (host 'lab').\n  Saw: after 10 s: closed\n       footsteps\n  Try: knock louder."
        );
        error.ExitCode.ShouldBe(ExitCodes.TimedOut);
    }

    [Fact]
    public async Task A_look_that_hangs_does_not_outlive_the_deadline()
    {
        var waiting = WaitAsync(async token =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return Looks.Found("never");
        });

        (await Should.ThrowAsync<DeadlineException>(waiting)).Saw.ShouldContain("nothing yet");
    }

    [Fact]
    public async Task The_callers_cancellation_is_not_a_deadline()
    {
        using var cancellation = new CancellationTokenSource();
        var waiting = new Poll(_time).UntilAsync(Door, () => Looks.NotYet<int>("closed"), cancellation.Token);

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(waiting);
    }

    /// <summary>Waits for the door while time passes.</summary>
    private async Task<T> WaitAsync<T>(Func<CancellationToken, Task<Look<T>>> look, Wait? wait = null)
    {
        var waiting = new Poll(_time).UntilAsync(wait ?? Door, look, Token);
        for (var step = 0; step < 200 && !waiting.IsCompleted; step++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Yield();
            await Task.WhenAny(waiting, Task.Delay(1, Token));
        }
        return await waiting;
    }
}
