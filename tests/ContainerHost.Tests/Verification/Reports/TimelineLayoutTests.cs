using ContainerHost.Verification;
using ContainerHost.Verification.Reports;

namespace ContainerHost.Tests.Verification.Reports;

public sealed class TimelineLayoutTests
{
    private static readonly DateTimeOffset Start = SampleReport.Start;

    [Fact]
    public void Steps_lie_one_after_the_other_in_proportion_whatever_their_order_in_the_report()
    {
        var bars = TimelineLayout.Place([Step("b", 10, 30), Step("a", 0, 10)]);

        bars.Select(bar => bar.Entry.Name).ShouldBe(["a", "b"]);
        bars.Select(bar => bar.Offset).ShouldBe([0, 0.25], tolerance: 0.001);
        bars.Select(bar => bar.Width).ShouldBe([0.25, 0.75], tolerance: 0.001);
    }

    [Fact]
    public void A_pause_of_days_is_cut_to_a_sliver_and_told()
    {
        var bars = TimelineLayout.Place([Step("a", 0, 50), Step("b", 200_000, 50)]);

        bars[1].Pause.ShouldBe(TimeSpan.FromSeconds(199_950));
        bars[1].Offset.ShouldBe(52 / 102.0, tolerance: 0.001);
        bars[1].Width.ShouldBe(50 / 102.0, tolerance: 0.001);
    }

    [Fact]
    public void Steps_that_overlap_share_the_same_time()
    {
        var bars = TimelineLayout.Place([Step("whole", 0, 100), Step("part", 40, 20)]);

        (bars[1].Offset, bars[1].Width).ShouldBe((0.4, 0.2));
    }

    [Fact]
    public void A_timeline_without_any_time_is_drawn_without_dividing_by_it()
    {
        TimelineLayout.Place([Step("a", 0, 0)])[0].Width.ShouldBe(0);
        TimelineLayout.Place([]).ShouldBeEmpty();
    }

    private static TimelineEntry Step(string name, int start, int seconds) =>
        new(name, Start.AddSeconds(start), seconds * 1000, "");
}
