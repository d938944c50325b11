using ContainerHost.Errors;
using ContainerHost.Verification;
using ContainerHost.Verification.Checks;
using Microsoft.Extensions.Time.Testing;
using Serilog.Core;

namespace ContainerHost.Tests.Verification;

public sealed class VerifierTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task All_checks_run_whatever_fails_and_each_has_its_own_duration()
    {
        Check[] checks =
        [
            Check("good", 2, () => "seen"),
            Check("bad", 3, () => throw new CheckFailedException("not so", "this was seen")),
            Check("lost", 5, () => throw new ContainerHostException("reach it", "no answer", "look", "lab")),
            Check("broken", 7, () => throw new InvalidOperationException("a bug")),
            Check("last", 11, () => "seen too"),
        ];
        var results = await VerifyAsync(checks, Token);

        results
            .Select(result => (result.Id, result.Passed))
            .ShouldBe([("good", true), ("bad", false), ("lost", false), ("broken", false), ("last", true)]);
        results.Select(result => result.DurationMs).ShouldBe([2000, 3000, 5000, 7000, 11000]);
        (results[1].Evidence, results[1].Problem).ShouldBe(("this was seen", "not so"));
        results[2].Evidence.ShouldBe("no answer");
        results[3].Problem.ShouldBe("The check itself failed: a bug");
        results[4].Problem.ShouldBeNull();
    }

    [Fact]
    public async Task A_cancelled_run_ends_at_once_and_is_no_failed_check()
    {
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var later = 0;
        string Cancel()
        {
            cancelled.Cancel();
            throw new OperationCanceledException(cancelled.Token);
        }
        Check[] checks = [Check("first", 0, Cancel), Check("second", 0, () => $"{later++}")];

        await Should.ThrowAsync<OperationCanceledException>(VerifyAsync(checks, cancelled.Token));

        later.ShouldBe(0);
    }

    [Fact]
    public async Task A_check_in_a_guest_that_fails_says_what_its_console_shows()
    {
        var panicked = new GuestFailedException(
            "its kernel panicked: Kernel panic - not syncing: gone",
            "run it again"
        );
        var context = FakeContext.Of(time: _time, guestFails: panicked);

        Check[] checks = [Check("bad", 0, () => "seen"), Check("reboot", 0, () => "seen") with { WatchesGuest = true }];

        var results = await new Verifier(_time, Logger.None).RunAsync(checks, context, Token);

        results[0].Problem.ShouldNotBeNull().ShouldContain("its kernel panicked");
        results[1].Problem.ShouldBeNull();
    }

    private Task<IReadOnlyList<CheckResult>> VerifyAsync(Check[] checks, CancellationToken cancellationToken) =>
        new Verifier(_time, Logger.None).RunAsync(checks, FakeContext.Of(time: _time), cancellationToken);

    private Check Check(string id, int seconds, Func<string> run)
    {
        Task<string> RunAsync(CheckContext context, CancellationToken cancellationToken)
        {
            _time.Advance(TimeSpan.FromSeconds(seconds));
            return Task.FromResult(run());
        }
        return new Check(id, $"the check {id}", RunAsync);
    }
}
