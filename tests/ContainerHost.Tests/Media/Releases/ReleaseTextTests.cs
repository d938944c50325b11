using ContainerHost.Media.Releases;
using ContainerHost.Specification;
using Shouldly;

namespace ContainerHost.Tests.Media.Releases;

/// <summary>Wishes, tags and lists of digests, as people and publishers write them.</summary>
public sealed class ReleaseTextTests
{
    private static readonly string Digest = new('a', 64);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("newest")]
    [InlineData("2..1")]
    [InlineData(">=")]
    [InlineData("two")]
    public void What_is_no_version_range_or_latest_is_refused(string text)
    {
        VersionWish.TryParse(text, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("v2.1.4", "2.1.4")]
    [InlineData("2.1.4", "2.1.4")]
    [InlineData("v2.2.0-rc.1", "2.2.0-rc.1")]
    [InlineData("v9.8.3.0p2-Preview", "9.8.3+p2")]
    [InlineData("10.0.0.0p2-Preview", "10.0.0+p2")]
    public void Tags_are_read_as_their_publishers_write_them(string tag, string version)
    {
        ReleaseVersion.TryParse(tag, out var read).ShouldBeTrue();
        read.ToString().ShouldBe(version);
    }

    [Theory]
    [InlineData("api/v1.9.0")]
    [InlineData("nightly")]
    [InlineData("v2.1")]
    public void Other_tags_are_no_versions(string tag)
    {
        ReleaseVersion.TryParse(tag, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("{0}  file.zip\n")]
    [InlineData("{0} *file.zip\r\n")]
    [InlineData("{0}  ./dist/file.zip\n")]
    [InlineData("SHA256 (file.zip) = {0}\n")]
    [InlineData("\\{0}  file.zip\n")]
    [InlineData("{0}\n")]
    public void A_digest_is_found_however_it_is_listed(string format)
    {
        ChecksumList.Find(string.Format(null, format, Digest.ToUpperInvariant()), "file.zip").ShouldBe(Digest);
    }

    [Fact]
    public void A_digest_of_another_length_is_another_algorithms()
    {
        var sha512 = Digest + Digest;
        var list = $"{Digest}  disk.qcow2\n{sha512.ToUpperInvariant()}  disk.qcow2\n";

        ChecksumList.Find(list, "disk.qcow2", digits: 128).ShouldBe(sha512);
        ChecksumList.Find(list, "disk.qcow2").ShouldBe(Digest);
        ChecksumList.Find(sha512, "disk.qcow2").ShouldBeNull();
    }

    [Theory]
    [InlineData("{0}  another.zip\n")]
    [InlineData("{0}  file.zip.asc\n")]
    [InlineData("abc  file.zip\n")]
    [InlineData("")]
    [InlineData("{0}\n{0}\n")]
    public void A_list_without_the_file_has_no_digest_of_it(string format)
    {
        ChecksumList.Find(string.Format(null, format, Digest), "file.zip").ShouldBeNull();
    }
}
