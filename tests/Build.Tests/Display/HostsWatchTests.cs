using ContainerHost.Hosts;
using ContainerHost.Specification;
using ContainerHost.Targets.Display;
using ContainerHost.Targets.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Build.Tests.Display;

public sealed class HostsWatchTests
{
    private static readonly HostOverview Host = new()
    {
        Name = HostName.Default,
        State = HostCondition.Running,
        CreatedAt = DateTimeOffset.UnixEpoch,
        MemoryBytes = 1 << 20,
    };

    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _events = [];
    private IReadOnlyList<HostOverview> _hosts = [Host];
    private bool _hasTerminal;

    [Fact]
    public async Task Where_nothing_is_drawn_a_table_is_printed_whenever_something_changed()
    {
        await WatchAsync(
            () => _hosts = [Host with { MemoryBytes = 2 << 20, DiskBytes = 7 }],
            () => _hosts = [Host with { State = HostCondition.Off, MemoryBytes = null }],
            () => { },
            () => _hosts = []
        );

        _events.ShouldBe(["print Running", "print Off", "print "]);
    }

    [Fact]
    public async Task On_a_terminal_it_is_drawn_each_time_and_stays_at_the_end()
    {
        _hasTerminal = true;

        await WatchAsync(() => { }, () => _hosts = [Host with { State = HostCondition.Off }]);

        _events.ShouldBe(["draw Running", "draw Running", "draw Off", "print Off"]);
    }

    [Theory]
    [InlineData(80, 24)]
    [InlineData(80, 5)]
    [InlineData(20, 3)]
    [InlineData(1, 1)]
    public void What_is_drawn_fits_the_terminal(int width, int height)
    {
        var hosts = Enumerable.Repeat(Host with { Problem = "a problem\u001b[2J of many words" }, 9).ToList();

        var lines = HostsView.Lines(hosts, "/hosts", new Canvas(width, height, Unicode: true));

        lines.Count.ShouldBeInRange(1, Math.Max(1, height - 1));
        var texts = lines.Select(line => string.Concat(line.Select(segment => segment.Text))).ToList();
        texts.ShouldAllBe(text => text.Length <= Math.Max(1, width - 1));
        texts.ShouldAllBe(text => !text.Any(char.IsControl));
        if (height == 5)
            texts[^1].ShouldContain("more");
    }

    [Fact]
    public void Without_hosts_that_is_drawn() =>
        HostsView.Lines([], "/hosts", new Canvas(80, 24, Unicode: true)).Single()[0].Text.ShouldContain("/hosts");

    private async Task WatchAsync(params Action[] changes)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var looked = new SemaphoreSlim(0);
        var watch = new HostsWatch(
            _ =>
            {
                looked.Release();
                return Task.FromResult(_hosts);
            },
            hosts =>
            {
                if (_hasTerminal)
                    Note("draw", hosts);
                return _hasTerminal;
            },
            hosts => Note("print", hosts),
            _time
        );
        var running = watch.RunAsync(stop.Token);
        await looked.WaitAsync(stop.Token);
        foreach (var change in changes)
        {
            change();
            // Less than that is too soon.
            _time.Advance(HostsWatch.Interval - TimeSpan.FromMilliseconds(1));
            looked.CurrentCount.ShouldBe(0);
            _time.Advance(TimeSpan.FromMilliseconds(1));
            await looked.WaitAsync(stop.Token);
        }
        // What a look leads to is done before the end is noticed.
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(running);
    }

    private void Note(string what, IReadOnlyList<HostOverview> hosts) =>
        _events.Add($"{what} {string.Join(' ', hosts.Select(host => host.State))}");
}
