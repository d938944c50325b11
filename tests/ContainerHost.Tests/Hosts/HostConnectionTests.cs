using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Guests;
using ContainerHost.Hosts;
using ContainerHost.Machines;
using ContainerHost.Specification;
using ContainerHost.Tests.Prerequisites;
using ContainerHost.Tests.Verification;
using ContainerHost.Waiting;
using Microsoft.Extensions.Time.Testing;
using Serilog.Core;

namespace ContainerHost.Tests.Hosts;

/// <summary>A guest that hangs after it was set up is turned off and on, once; one that never was set up is not.</summary>
public sealed class HostConnectionTests : FolderTest
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _events = [];
    private int _boots;

    /// <summary>From which boot on the guest answers.</summary>
    private int _answersAt = 2;

    [Fact]
    public async Task A_guest_that_hangs_is_turned_off_and_on_once()
    {
        (await ConnectAsync(setUp: true)).ShouldBeNull();

        _events.ShouldBe(["start", "stop within 0 s", "start"]);
    }

    [Fact]
    public async Task One_that_hangs_again_is_told()
    {
        _answersAt = int.MaxValue;

        (await ConnectAsync(setUp: true)).ShouldNotBeNull().Saw.ShouldStartWith("it hangs");

        _events.ShouldBe(["start", "stop within 0 s", "start"]);
    }

    [Fact]
    public async Task One_that_was_never_set_up_is_not_cut_off()
    {
        (await ConnectAsync(setUp: false)).ShouldNotBeNull().Saw.ShouldStartWith("it hangs");

        _events.ShouldBe(["start"]);
    }

    [Fact]
    public async Task One_that_ran_before_may_be_at_work_and_is_left_alone()
    {
        (await ConnectAsync(setUp: true, runs: true)).ShouldNotBeNull().Saw.ShouldStartWith("it hangs");

        _events.ShouldBe(["start"]);
    }

    [Fact]
    public async Task One_whose_kernel_panicked_is_turned_off_whatever_ran()
    {
        Put("serial.log", "Kernel panic - not syncing: Fatal exception\n");

        (await ConnectAsync(setUp: true, runs: true)).ShouldBeNull();

        _events.ShouldBe(["start", "stop within 0 s", "start"]);
    }

    private async Task<GuestFailedException?> ConnectAsync(bool setUp, bool runs = false)
    {
        var running = new MachineActivity(true, TimeSpan.Zero, 0);
        FakeHypervisor hypervisor = null!;
        hypervisor = new FakeHypervisor
        {
            Activity = runs ? running : MachineActivity.Ended,
            Work = now => now with { Processor = now.Processor + TimeSpan.FromSeconds(2) },
            OnStart = () =>
            {
                _events.Add("start");
                _boots++;
                hypervisor.Activity = running;
                return new GuestEndpoint("127.0.0.1", 22);
            },
            OnStop = grace =>
            {
                _events.Add($"stop within {grace.TotalSeconds} s");
                hypervisor.Activity = MachineActivity.Ended;
                return true;
            },
        };
        var spec = new HostRequest().ToSpec();
        var state = new HostState
        {
            Spec = spec,
            InstanceId = Guid.NewGuid(),
            CreatedAt = _time.GetUtcNow(),
            HostPublicKey = "ssh-ed25519 AAAA",
        };
        var record = new StepRecord
        {
            Fingerprint = "f",
            StartedAt = _time.GetUtcNow(),
            DurationMs = setUp ? 1 : null,
        };
        var services = new HostServices
        {
            Folders = new LocalFolders(In("hosts"), In("cache"), In("reports")),
            HypervisorFor = _ => hypervisor,
            Guests = new Guest(() => _boots >= _answersAt),
            Time = _time,
            Log = Logger.None,
            Processes = null!,
            Media = null!,
            Artifacts = null!,
            Releases = null!,
        };
        var connection = new HostConnection(services, new HostFolder(Folder), () => state.With(Step.CreateVm, record));

        var connecting = connection.ConnectAsync(TimeSpan.FromHours(1), Token);
        for (var passed = TimeSpan.Zero; passed < TimeLimits.GuestStandstill * 3 && !connecting.IsCompleted; )
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            passed += TimeSpan.FromSeconds(1);
            await Task.Delay(1, Token);
        }
        return await Record.ExceptionAsync(() => connecting) as GuestFailedException;
    }

    private sealed class Guest(Func<bool> answers) : IGuestConnector
    {
        public async Task<IGuestShell> ConnectAsync(GuestAccess access, Wait wait, CancellationToken cancellationToken)
        {
            if (!answers())
                await Task.Delay(Timeout.Infinite, cancellationToken);
            return new FakeGuestShell(_ => throw new NotSupportedException());
        }

        public Task ProvePasswordAsync(
            GuestAccess access,
            string password,
            string host,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();
    }
}
