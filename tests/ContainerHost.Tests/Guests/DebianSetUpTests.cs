using ContainerHost.Errors;
using ContainerHost.Guests.Debian;
using ContainerHost.Processes;
using ContainerHost.Tests.Verification;

namespace ContainerHost.Tests.Guests;

/// <summary>How the end of cloud-init is read (its documentation, "Return codes" of <c>cloud-init status</c>).</summary>
public sealed class DebianSetUpTests
{
    private const string Degraded =
        "status: done\nextended_status: degraded done\nerrors: []\nrecoverable_errors:\nWARNING:\n\t- Unhandled user 'x'\n";

    [Fact]
    public async Task Done_without_errors_tells_nothing() =>
        (await WaitAsync(0, "status: done\nextended_status: done\n")).ShouldBeNull();

    [Fact]
    public async Task Done_with_errors_that_it_recovered_from_tells_them() =>
        (await WaitAsync(2, Degraded)).ShouldBe("recoverable_errors:\nWARNING:\n\t- Unhandled user 'x'");

    [Fact]
    public async Task A_part_that_it_passed_over_is_told() =>
        (
            await WaitAsync(0, "status: done\n", "util.py[WARNING]: Failed loading yaml blob. Invalid format at line 3")
        )!.ShouldEndWith("passed over all of it: util.py[WARNING]: Failed loading yaml blob. Invalid format at line 3");

    [Theory]
    [InlineData(1, "status: error\n")]
    [InlineData(2, "status: error\n")]
    [InlineData(2, "status: running\n")]
    [InlineData(0, "status: disabled\n")]
    public async Task Anything_else_is_an_error(int exitCode, string status) =>
        (await Should.ThrowAsync<ContainerHostException>(WaitAsync(exitCode, status))).Saw.ShouldContain(status.Trim());

    private static Task<string?> WaitAsync(int exitCode, string status, string log = "")
    {
        var shell = new FakeGuestShell(command =>
            command.Program switch
            {
                "cloud-init" => new CommandResult(exitCode, status, ""),
                "grep" => new CommandResult(log is "" ? 1 : 0, log, ""),
                _ => new CommandResult(0, "", ""),
            }
        );
        return new DebianGuest().WaitForSetUpAsync(shell, "lab", TimeSpan.FromMinutes(1), Token);
    }
}
