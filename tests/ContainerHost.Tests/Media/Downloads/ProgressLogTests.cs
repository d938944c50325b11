using ContainerHost.Media.Downloads;
using Microsoft.Extensions.Time.Testing;

namespace ContainerHost.Tests.Media.Downloads;

public sealed class ProgressLogTests : DownloadTest
{
    private const long MiB = 1 << 20;

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_small_file_is_not_worth_a_line_however_long_it_takes()
    {
        Report(1 * MiB, 7 * MiB, TimeSpan.FromMinutes(1));

        Logged.ShouldBeEmpty();
    }

    [Fact]
    public void A_download_that_is_over_at_once_is_not_worth_a_line()
    {
        Report(100 * MiB, 100 * MiB, TimeSpan.FromSeconds(4));

        Logged.ShouldBeEmpty();
    }

    [Fact]
    public void A_longer_download_has_a_plain_line_every_few_seconds_and_one_at_its_end()
    {
        var progress = new ProgressLog("disk.bin", Log, _time);
        for (var i = 1; i <= 12; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            progress.Report(new DownloadProgress(i * 10 * MiB, 120 * MiB, 10 * MiB));
        }

        Logged
            .Split('\n')
            .ShouldBe([
                "Downloading disk.bin: 50 of 120 MiB, 10.0 MiB/s, 7 s left",
                "Downloading disk.bin: 100 of 120 MiB, 10.0 MiB/s, 2 s left",
                "Downloading disk.bin: 120 of 120 MiB, 10.0 MiB/s, 0 s left",
            ]);
    }

    private void Report(long received, long total, TimeSpan after)
    {
        var progress = new ProgressLog("disk.bin", Log, _time);
        _time.Advance(after);
        progress.Report(new DownloadProgress(received, total, MiB));
    }
}
