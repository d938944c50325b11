using ContainerHost.Guests;
using ContainerHost.Processes;
using ContainerHost.Runtimes;
using ContainerHost.Specification;
using ContainerHost.Verification;
using ContainerHost.Verification.Checks;

namespace ContainerHost.Tests.Verification.Checks;

/// <summary>Checks that see a wrong host say so, and a right one passes them, whatever its guest is.</summary>
public abstract class CheckContract
{
    private protected FakeRuntime Runtime { get; } = new();

    private protected abstract IGuestSystem System { get; }
    private protected abstract CheckWork ProcessIsolation { get; }
    private protected abstract CheckWork LifeCycle { get; }

    /// <summary>What the guest says to a command.</summary>
    private protected abstract string Answer(Command command);

    [Fact]
    public Task A_greeting_that_does_not_come_fails_process_isolation()
    {
        Say("Goodbye\r\n");
        return ExpectAsync(ProcessIsolation, "did not print its greeting");
    }

    [Fact]
    public async Task A_container_that_fails_is_shown_with_both_outputs()
    {
        Runtime.Run = _ => new ContainerResult(127, "", "no such program");

        var failed = await ExpectAsync(ProcessIsolation, "command failed");

        failed!.Evidence.ShouldContain("exit code 127");
        failed.Evidence.ShouldContain("no such program");
    }

    [Fact]
    public Task A_container_that_stays_fails_the_life_cycle()
    {
        Runtime.Stuck.Add("verify-life");
        return ExpectAsync(LifeCycle, "not as it should be once removed");
    }

    [Fact]
    public Task A_container_that_comes_and_goes_passes_the_life_cycle() => ExpectAsync(LifeCycle, problem: null);

    private protected void Say(string output, string? console = null) =>
        Runtime.Run = _ => new ContainerResult(0, output, "", console);

    /// <summary>Runs a check that must fail with that problem, or pass where there is none.</summary>
    private protected async Task<CheckFailedException?> ExpectAsync(
        CheckWork check,
        string? problem,
        HostSpec? spec = null
    )
    {
        CommandResult Run(Command command) => new(0, Answer(command), "");
        await using var context = FakeContext.Of(Run, Runtime, system: System, spec: spec);
        if (problem is null)
        {
            (await check(context, Token)).ShouldNotBeEmpty();
            return null;
        }
        var failed = await Should.ThrowAsync<CheckFailedException>(() => check(context, Token));
        failed.Message.ShouldContain(problem);
        return failed;
    }
}
