using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Hosts.Watching;
using ContainerHost.Machines;
using ContainerHost.Tests.Prerequisites;
using ContainerHost.Waiting;
using Microsoft.Extensions.Time.Testing;

namespace ContainerHost.Tests.Hosts.Watching;

public sealed class GuestWatchTests : FolderTest
{
    private readonly FakeTimeProvider _time = new() { AutoAdvanceAmount = TimeSpan.Zero };
    private readonly FakeHypervisor _hypervisor = new() { Activity = new MachineActivity(true, TimeSpan.Zero, 0) };

    private HostFolder Host => new(Folder);

    [Fact]
    public async Task A_guest_that_answers_in_time_is_returned()
    {
        var watch = await BeginAsync();

        (await watch.RunAsync(_ => Task.FromResult("shell"), untilAnswer: true, Token)).ShouldBe("shell");
    }

    [Fact]
    public async Task A_panic_ends_the_wait_and_is_told_with_its_line()
    {
        var watch = await BeginAsync();
        File.WriteAllText(Host.SerialLog, "[ 2.1] Kernel panic - not syncing: No working init found.\r\n");

        var failed = await FailAsync(watch);

        failed.Saw.ShouldStartWith("its kernel panicked: [ 2.1] Kernel panic - not syncing: No working init found.");
        failed.Saw.ShouldContain("last lines of the serial console");
    }

    [Fact]
    public async Task A_panic_of_an_earlier_boot_ends_nothing()
    {
        File.WriteAllText(Host.SerialLog, "Kernel panic - not syncing: old\n");
        _hypervisor.Activity = MachineActivity.Ended;
        var watch = await BeginAsync();
        _hypervisor.Activity = new MachineActivity(true, TimeSpan.Zero, 0);

        await ShouldGoOnAsync(watch, TimeLimits.ConsoleFailure * 3);
    }

    [Fact]
    public async Task A_machine_that_ended_is_told_at_once()
    {
        var watch = await BeginAsync();
        var waiting = WaitAsync(watch, untilAnswer: true);
        _hypervisor.Activity = MachineActivity.Ended;

        (await AdvanceAsync(waiting, TimeSpan.FromSeconds(10)))
            .ShouldNotBeNull()
            .Saw.ShouldStartWith("its machine has ended");
    }

    [Fact]
    public async Task A_guest_that_only_burns_processor_time_hangs()
    {
        var watch = await BeginAsync();
        _hypervisor.Work = now => now with { Processor = now.Processor + TimeSpan.FromSeconds(2) };

        (await FailAsync(watch)).Saw.ShouldStartWith("it hangs: for 180 s it wrote nothing");
    }

    [Fact]
    public async Task A_guest_that_is_idle_or_at_work_is_waited_for()
    {
        _hypervisor.Work = now => now with { Processor = now.Processor + TimeSpan.FromSeconds(0.1) };
        await ShouldGoOnAsync(await BeginAsync(), TimeLimits.GuestStandstill * 3);
        _hypervisor.Work = now =>
            now with
            {
                Processor = now.Processor + TimeSpan.FromSeconds(4),
                DiskOperations = now.DiskOperations + 1,
            };
        await ShouldGoOnAsync(await BeginAsync(), TimeLimits.GuestStandstill * 3);
    }

    private Task<GuestWatch> BeginAsync() => GuestWatch.BeginAsync(_hypervisor, Host, "lab", _time, Token);

    private static Task<bool> WaitAsync(GuestWatch watch, bool untilAnswer) =>
        watch.RunAsync(
            async token =>
            {
                await Task.Delay(Timeout.Infinite, token);
                return true;
            },
            untilAnswer,
            Token
        );

    private async Task<GuestFailedException> FailAsync(GuestWatch watch) =>
        (await AdvanceAsync(WaitAsync(watch, untilAnswer: true), TimeLimits.GuestStandstill * 2)).ShouldNotBeNull();

    private async Task ShouldGoOnAsync(GuestWatch watch, TimeSpan time) =>
        (await AdvanceAsync(WaitAsync(watch, untilAnswer: true), time)).ShouldBeNull();

    // The failure, or null when there was none in that time.
    private async Task<GuestFailedException?> AdvanceAsync(Task<bool> waiting, TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time && !waiting.IsCompleted; passed += TimeSpan.FromSeconds(1))
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1, Token);
        }
        return waiting.IsCompleted ? await Should.ThrowAsync<GuestFailedException>(waiting) : null;
    }
}
