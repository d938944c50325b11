using ContainerHost.Errors;
using ContainerHost.Hosts.Steps;
using Serilog.Core;

namespace ContainerHost.Tests.Hosts;

public sealed class FirstBootTests
{
    private int _runs;

    [Fact]
    public async Task A_guest_whose_kernel_failed_is_made_anew_once()
    {
        var made = await RunAsync(failures: 1, endsByPowerCycle: true);

        made.ShouldBe("made");
        _runs.ShouldBe(2);
    }

    [Fact]
    public async Task One_whose_kernel_fails_again_is_told()
    {
        var failed = await Should.ThrowAsync<GuestFailedException>(RunAsync(failures: 2, endsByPowerCycle: true));

        failed.Saw.ShouldBe("failure 2");
    }

    [Fact]
    public async Task Any_other_failure_is_told_at_once()
    {
        await Should.ThrowAsync<GuestFailedException>(RunAsync(failures: 1, endsByPowerCycle: false));

        _runs.ShouldBe(1);
    }

    private Task<string> RunAsync(int failures, bool endsByPowerCycle) =>
        FirstBoot.RunAsync(
            () =>
                ++_runs > failures
                    ? Task.FromResult("made")
                    : Task.FromException<string>(
                        new GuestFailedException($"failure {_runs}", "wait", "web")
                        {
                            EndsByPowerCycle = endsByPowerCycle,
                        }
                    ),
            Logger.None
        );
}
