using ContainerHost.Progress;

namespace ContainerHost.Tests.Progress;

public sealed class ExpectedTimesTests : FolderTest
{
    private string Path => In("durations.json");

    private ExpectedTimes Times => new(Path);

    [Fact]
    public async Task The_median_of_the_last_five_is_expected_in_later_runs()
    {
        foreach (var seconds in (int[])[900, 800, 50, 10, 30, 20, 40])
            await Times.AddAsync("boot debian", TimeSpan.FromSeconds(seconds));

        Times.Of("boot debian").ShouldBe(TimeSpan.FromSeconds(30));
        Times.Of("boot ubuntu").ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1, 2]")]
    [InlineData("null")]
    [InlineData("""{ "boot": "soon" }""")]
    [InlineData("""{ "boot": null }""")]
    [InlineData("""{ "boot": [] }""")]
    [InlineData("""{ "boot": [-1] }""")]
    [InlineData("""{ "boot": [9223372036854775807] }""")]
    public async Task A_damaged_file_expects_nothing_and_is_written_anew(string text)
    {
        Put("durations.json", text);

        Times.Of("boot").ShouldBeNull();

        await Times.AddAsync("boot", TimeSpan.FromSeconds(7));
        Times.Of("boot").ShouldBe(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task Where_there_is_no_cache_none_is_made()
    {
        var nowhere = new ExpectedTimes(In("none/durations.json"));

        await nowhere.AddAsync("boot", TimeSpan.FromSeconds(7));

        nowhere.Of("boot").ShouldBeNull();
        Directory.Exists(In("none")).ShouldBeFalse();
    }

    [Fact]
    public async Task What_cannot_be_read_or_written_is_no_error()
    {
        Directory.CreateDirectory(Path);

        await Times.AddAsync("boot", TimeSpan.FromSeconds(7));

        Times.Of("boot").ShouldBeNull();
    }

    [Fact]
    public async Task The_file_does_not_grow_for_ever()
    {
        for (var i = 0; i < 201; i++)
            await Times.AddAsync($"kind {i}", TimeSpan.FromSeconds(1));

        Times.Of("kind 0").ShouldBeNull();
        Times.Of("kind 200").ShouldBe(TimeSpan.FromSeconds(1));
    }
}
