using ContainerHost.Media;
using ContainerHost.Media.DebianImage;
using ContainerHost.Processes;
using Serilog.Core;

namespace ContainerHost.Tests.Media.DebianImage;

/// <summary>An image is made anew when the archive offers other packages, also where apt has no lists of its release.</summary>
public sealed class AptIndexesTests : FolderTest
{
    private static readonly AptSource Nowhere = new("", "http://mirror.invalid/debian", "trixie", "main");

    [Fact]
    public async Task The_archives_own_index_is_fetched_by_apt_where_it_has_none_and_counts_offline_too()
    {
        RealTool.Require("apt-get");
        var source = new[] { "trixie", "bookworm" }
            .Select(release => AptSources.Of(release, "/etc/apt", AptIndexes.OfMachine)[0])
            .First(source => !File.Exists(Path.Combine(AptIndexes.OfMachine, source.IndexFile)));

        var digest = await DigestAsync(source, offline: false);

        var index = In("apt", source.IndexFile);
        Assert.SkipUnless(File.Exists(index), $"{source.Uri} cannot be reached from here");
        digest.ShouldNotBe(await DigestAsync(Nowhere, offline: true));
        (await DigestAsync(source, offline: true)).ShouldBe(digest);
        Directory.EnumerateFiles(In("apt"), "*_Packages*").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("tomorrow", "abc", true)]
    [InlineData("today", "def", false)]
    public async Task What_counts_is_what_is_offered_and_not_when_it_was_signed(string date, string digest, bool same)
    {
        Put($"apt/{Nowhere.IndexFile}", Index("today", "abc"));
        var before = await DigestAsync(Nowhere, offline: true);

        Put($"apt/{Nowhere.IndexFile}", Index(date, digest));

        (await DigestAsync(Nowhere, offline: true) == before).ShouldBe(same);
    }

    [Fact]
    public async Task A_mirror_that_does_not_answer_leaves_what_was_fetched_before()
    {
        RealTool.Require("apt-get");
        Put($"apt/{Nowhere.IndexFile}", Index("today", "abc"));

        (await DigestAsync(Nowhere, offline: false)).ShouldBe(await DigestAsync(Nowhere, offline: true));
    }

    private static string Index(string date, string digest) =>
        $"Date: {date}\nSHA256:\n {digest} 56634892 main/binary-amd64/Packages\n {date} 1 main/source/Sources\n";

    private Task<string> DigestAsync(AptSource source, bool offline) =>
        new AptIndexes(new CacheFolder(Folder), new ProcessRunner(), TimeProvider.System, Logger.None)
        {
            Offline = offline,
        }.DigestAsync([source], Token);
}
