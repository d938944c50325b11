using System.Globalization;
using ContainerHost.Progress;
using ContainerHost.Targets.Display;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace Build.Tests.Display;

public sealed class PlainProgressTests : ILogEventSink
{
    private readonly Showing _showing = new();
    private readonly List<string> _log = [];
    private readonly PlainProgress _plain;

    public PlainProgressTests() =>
        _plain = new PlainProgress(_showing.Time, new LoggerConfiguration().WriteTo.Sink(this).CreateLogger());

    void ILogEventSink.Emit(LogEvent logEvent) => _log.Add(logEvent.RenderMessage(CultureInfo.InvariantCulture));

    [Fact]
    public async Task A_line_comes_every_half_minute_with_what_a_terminal_shows()
    {
        await _showing.WhileAsync(
            "make the machine",
            5,
            new StepDetail(),
            () =>
            {
                Look(35);
                return _showing
                    .WhileAsync("boot the guest", 0, new StepDetail { Stage = "kernel" }, () => Look(30))
                    .Result;
            },
            "lab"
        );
        Look(60);

        _log.ShouldBe([
            "At work: [lab] make the machine, 0:33",
            "At work: [lab] make the machine: boot the guest, 0:21, kernel",
        ]);
    }

    [Fact]
    public async Task What_is_over_sooner_has_no_line()
    {
        await _showing.WhileAsync("boot", 0, new StepDetail(), () => Look(25));
        Look(10);
        await _showing.WhileAsync("boot", 0, new StepDetail(), () => Look(25));

        _log.ShouldBeEmpty();
    }

    // As often as a run does.
    private bool Look(int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            _plain.Look(_showing.Board);
            _showing.Time.Advance(TimeSpan.FromSeconds(1));
        }
        return true;
    }
}
