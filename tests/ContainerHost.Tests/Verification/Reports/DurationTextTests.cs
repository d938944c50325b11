using ContainerHost.Verification.Reports;

namespace ContainerHost.Tests.Verification.Reports;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData(0, "0 ms")]
    [InlineData(999, "999 ms")]
    [InlineData(12_345, "12.3 s")]
    [InlineData(59_999, "59.9 s")]
    [InlineData(60_000, "1 min 00 s")]
    [InlineData(3_599_999, "59 min 59 s")]
    [InlineData(7_620_000, "2 h 07 min")]
    [InlineData(273_600_000, "3 d 04 h")]
    public void A_duration_reads_as_people_say_it(long milliseconds, string expected) =>
        DurationText.Of(milliseconds).ShouldBe(expected);
}
