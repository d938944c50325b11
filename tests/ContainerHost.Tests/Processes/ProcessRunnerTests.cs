using ContainerHost.Errors;
using ContainerHost.Processes;

namespace ContainerHost.Tests.Processes;

public sealed class ProcessRunnerTests
{
    private readonly ProcessRunner _runner = new();

    [Fact]
    public async Task Outputs_and_exit_code_come_back_apart()
    {
        var command = new Command("sh", "-c", "cat; echo oops >&2; exit 3") { StandardInput = "hello" };

        var result = await _runner.RunAsync(command, Token);

        result.ShouldBe(new CommandResult(3, "hello", "oops\n"));
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_a_missing_prerequisite()
    {
        var error = await Should.ThrowAsync<PrerequisitesMissingException>(
            _runner.RunAsync(new Command("no-such-program"), Token)
        );

        error.Message.ShouldContain("no-such-program");
        error.Message.ShouldContain("--install-prereqs");
    }

    [Fact]
    public async Task A_failed_command_that_had_to_succeed_shows_itself_and_its_error_output()
    {
        var command = new Command("sh", "-c", "echo broken pipe dream >&2; exit 9");

        var error = await Should.ThrowAsync<ContainerHostException>(
            _runner.RunCheckedAsync(command, "dream", "wake up.", Token, "lab")
        );

        error.Message.ShouldContain("exit code 9 from: sh -c 'echo broken");
        error.Message.ShouldContain("broken pipe dream");
    }

    [Fact]
    public async Task A_pipelines_secrets_do_not_reach_the_programs_that_are_run()
    {
        var secret = $"NUKE_PASSWORD_{Guid.NewGuid():N}";
        Environment.SetEnvironmentVariable(secret, "s3cret");
        try
        {
            var runner = new ProcessRunner { Passes = ChildEnvironment.Passes };
            var named = new Dictionary<string, string?> { ["EXTRA"] = "named", ["HOME"] = null };
            var result = await runner.RunAsync(new Command("env") { Environment = named }, Token);
            var names = result.StandardOutput.Split('\n').Select(line => line.Split('=')[0]).ToList();

            names.ShouldContain("PATH");
            names.ShouldContain("EXTRA");
            names.ShouldNotContain("HOME");
            names.ShouldNotContain(secret);
            (await _runner.RunAsync(new Command("env"), Token)).StandardOutput.ShouldContain(secret);
        }
        finally
        {
            Environment.SetEnvironmentVariable(secret, null);
        }
    }

    [Fact]
    public async Task Cancellation_kills_the_command()
    {
        using var cancellation = new CancellationTokenSource();
        var running = _runner.RunAsync(new Command("sleep", "600"), cancellation.Token);

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(running);
    }

    [Fact]
    public void An_identity_of_a_reused_pid_is_not_alive()
    {
        ProcessIdentity.Current.IsAlive.ShouldBeTrue();
        (ProcessIdentity.Current with { StartedAt = DateTimeOffset.UnixEpoch }).IsAlive.ShouldBeFalse();
    }
}
