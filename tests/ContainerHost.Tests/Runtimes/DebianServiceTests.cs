using ContainerHost.Errors;
using ContainerHost.Guests;
using ContainerHost.Processes;
using ContainerHost.Runtimes;

namespace ContainerHost.Tests.Runtimes;

/// <summary>A service whose state is as systemctl(1) prints it, with its exit codes: 3 for all but active.</summary>
public sealed class DebianServiceTests
{
    [Fact]
    public async Task A_start_that_is_under_way_is_waited_for()
    {
        var guest = new Systemd("activating", "active");

        await new DebianService(guest, "docker.service").RequireActiveAsync(Token);

        guest.Started.ShouldBe(1);
    }

    [Theory]
    [InlineData("inactive", 0)]
    [InlineData("failed", 0)]
    [InlineData("activating", 1)]
    public async Task One_that_is_not_active_is_an_error_and_never_started_by_a_look(string state, int joined)
    {
        var guest = new Systemd(state, state == "activating" ? "failed" : state);

        var failed = await Should.ThrowAsync<ContainerHostException>(
            new DebianService(guest, "docker.service").RequireActiveAsync(Token)
        );

        failed.Saw.ShouldContain(joined == 1 ? "failed" : state);
        guest.Started.ShouldBe(joined);
    }

    private sealed class Systemd(params string[] states) : IGuestShell
    {
        private int _asked;

        public int Started { get; private set; }

        public Task<CommandResult> RunAsync(Command command, TimeSpan timeLimit, CancellationToken cancellationToken)
        {
            var words = command.ToString();
            if (words.Contains(" start ", StringComparison.Ordinal))
                Started++;
            if (!words.Contains("is-active", StringComparison.Ordinal))
                return Task.FromResult(new CommandResult(0, "", ""));
            var state = states[_asked++];
            return Task.FromResult(new CommandResult(state == "active" ? 0 : 3, $"{state}\n", ""));
        }

        public Task UploadAsync(
            string localPath,
            string guestPath,
            UnixFileMode mode,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
