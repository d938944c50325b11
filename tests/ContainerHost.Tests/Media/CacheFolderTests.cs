using ContainerHost.Errors;
using ContainerHost.Media;
using ContainerHost.Tests.Media.Downloads;

namespace ContainerHost.Tests.Media;

/// <summary>Names in the cache come from guests, mirrors and lock files too; none leads out of it.</summary>
public sealed class CacheFolderTests : DownloadTest
{
    [Theory]
    [InlineData("")]
    [InlineData("../../../../etc")]
    [InlineData("0123456789ab")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF")]
    [InlineData("/123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    public async Task What_is_no_sha256_is_neither_fetched_nor_kept(string sha256)
    {
        await using var server = await FileServer.StartAsync(FileServer.Good(Content));
        var artifacts = new HttpArtifactCache(new CacheFolder(In("cache")), Downloader, TimeProvider.System);

        await Should.ThrowAsync<ContainerHostException>(() => artifacts.FetchAsync(server.File, sha256, null, Token));
        await Should.ThrowAsync<ContainerHostException>(() => artifacts.HasAsync(server.File, sha256, Token));

        server.Ranges.ShouldBeEmpty();
        Directory.Exists(In("cache")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("a/b")]
    [InlineData(@"a\b")]
    [InlineData("..")]
    [InlineData("/etc")]
    public void A_fingerprint_that_leads_elsewhere_is_refused(string fingerprint)
    {
        var cache = new CacheFolder(In("cache"));

        foreach (var name in (Func<string, string>[])[cache.Image, cache.Lock, one => cache.Building(one, "u")])
            Should.Throw<ContainerHostException>(() => name(fingerprint)).Saw.ShouldContain(fingerprint);
    }
}
