using System.Security.Cryptography;
using ContainerHost.Errors;
using ContainerHost.Media;
using ContainerHost.Media.Releases;
using ContainerHost.Runtimes;
using ContainerHost.Runtimes.Windows;
using ContainerHost.Specification;
using Semver;

namespace ContainerHost.Tests.Runtimes.Windows;

/// <summary>Where Docker for Windows comes from, each by its digest.</summary>
public sealed class DockerSourceTests : FolderTest, IArtifactCache, IReleases
{
    private readonly List<string> _fetched = [];

    private string Own => In("docker-20.10.24.zip");

    [Theory]
    [InlineData(null, "29.8.1")]
    [InlineData("28", "28.5.2")]
    [InlineData("<28", "27.5.1")]
    [InlineData("26.1.4", "26.1.4")]
    public async Task A_version_is_chosen_among_those_that_are_known_by_digest(string? wish, string version)
    {
        var (file, _) = await ObtainAsync(new WindowsSpec(), wish);
        file.Version.ShouldBe(version);
        _fetched.ShouldHaveSingleItem().ShouldContain($"/docker-{version}.zip {file.Sha256}");
    }

    [Fact]
    public void The_known_archives_are_what_they_seem_the_newest_first()
    {
        foreach (var archive in DockerArchives.All)
        {
            archive.Url.Segments[^1].ShouldBe($"docker-{archive.Version}.zip");
            archive.Url.Scheme.ShouldBe("https");
            Convert.FromHexString(archive.Sha256).Length.ShouldBe(32);
        }
        var versions = DockerArchives.All.Select(archive => SemVersion.Parse(archive.Version)).ToList();
        versions.ShouldBe(versions.OrderDescending(SemVersion.SortOrderComparer));
        DockerArchives.All.Select(archive => archive.Sha256).Distinct().Count().ShouldBe(versions.Count);
    }

    [Fact]
    public async Task An_archive_of_the_users_own_is_used_where_it_lies_and_tells_its_version()
    {
        var digest = PutOwn();
        var (file, path) = await ObtainAsync(new WindowsSpec { DockerArchive = Own });
        (file.Version, file.Sha256, path).ShouldBe(("20.10.24", digest, Own));
        _fetched.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_archive_with_another_digest_is_refused_with_both()
    {
        var digest = PutOwn();
        var must = new string('a', 64);
        var mine = new WindowsSpec { DockerArchive = Own, DockerArchiveSha256 = must };
        (await FailAsync(mine)).Saw.ShouldBe($"it has SHA-256 {digest} instead of {must}");
    }

    [Fact]
    public async Task A_locked_host_takes_the_locked_archive_and_no_other()
    {
        var digest = PutOwn();
        InstalledArtifact[] locked = [new("docker", "20.10.24", new Uri(Own).ToString(), digest)];
        (await ObtainAsync(new WindowsSpec(), wish: "29", locked)).Path.ShouldBe(Own);

        File.Delete(Own);
        (await FailAsync(new WindowsSpec(), locked)).Saw.ShouldContain("no such file");
        (await FailAsync(new WindowsSpec(), [])).Saw.ShouldContain("does not list docker");
    }

    Task<string> IArtifactCache.FetchAsync(Uri source, string sha256, long? size, CancellationToken cancellationToken)
    {
        _fetched.Add($"{source} {sha256}");
        return Task.FromResult("a path");
    }

    Task<PinnedFile> IReleases.FindAsync(
        ReleaseComponent component,
        VersionWish wish,
        CancellationToken cancellationToken
    ) => throw new InvalidOperationException("GitHub has no such archive");

    private string PutOwn()
    {
        Put(Own, "an archive");
        return Convert.ToHexStringLower(SHA256.HashData("an archive"u8));
    }

    private Task<ContainerHostException> FailAsync(
        WindowsSpec windows,
        IReadOnlyList<InstalledArtifact>? locked = null
    ) => Should.ThrowAsync<ContainerHostException>(ObtainAsync(windows, null, locked));

    private Task<(PinnedFile File, string Path)> ObtainAsync(
        WindowsSpec windows,
        string? wish = null,
        IReadOnlyList<InstalledArtifact>? locked = null
    )
    {
        VersionWish? version = null;
        if (wish is not null)
            VersionWish.TryParse(wish, out version).ShouldBeTrue();
        var spec = HostSpec.DefaultsFor(HostName.Default, GuestCatalog.Find("windows-server-2022")!) with
        {
            Windows = windows,
            RuntimeVersion = version,
        };
        var sources = new RuntimeSources
        {
            Artifacts = this,
            Releases = this,
            Locked = locked,
        };
        return new DockerSource(sources, spec).ObtainAsync(Token);
    }
}
