using System.Security.Cryptography;
using System.Text;
using ContainerHost.Errors;
using ContainerHost.Media.Releases;
using ContainerHost.Networks;
using ContainerHost.Specification;

namespace ContainerHost.Tests.Media.Releases;

/// <summary>Releases through Octokit against a server with GitHub's shape.</summary>
public sealed class GitHubReleasesTests : FolderTest
{
    private const string Repository = "containerd/containerd";
    private static readonly ReleaseComponent Component = ReleaseComponent.ContainerdForLinux;

    private GitHubServer _server = null!;

    public override async ValueTask InitializeAsync()
    {
        _server = await GitHubServer.StartAsync(Token);
        foreach (var tag in new[] { "v1.7.27", "v2.0.5", "v2.1.3", "v2.1.4", "api/v1.9.0" })
            Publish(tag);
        Publish("v2.2.0-rc.1", prerelease: true);
    }

    public override async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await base.DisposeAsync();
    }

    [Theory]
    [InlineData("latest", "2.1.4")]
    [InlineData("2.1.3", "2.1.3")]
    [InlineData("v2.1.3", "2.1.3")]
    [InlineData("2.0", "2.0.5")]
    [InlineData("1.x", "1.7.27")]
    [InlineData(">=1.7 <2.1", "2.0.5")]
    [InlineData("^2.0.1", "2.1.4")]
    [InlineData("2.2.0-rc.1", "2.2.0-rc.1")]
    public Task The_newest_version_that_the_wish_allows_is_taken(string wish, string version) =>
        ShouldFindAsync(wish, version);

    [Fact]
    public async Task A_file_comes_with_its_origin_size_and_githubs_own_digest()
    {
        var file = await FindAsync("latest");
        file.Name.ShouldBe("containerd");
        file.Source.ShouldBe(new Uri(_server.Address, "files/containerd-2.1.4-linux-amd64.tar.gz"));
        file.Size.ShouldBe(7);
        file.Sha256.ShouldBe(Sha256("v2.1.4\n"));
    }

    [Theory]
    [InlineData("latest", "kata-static-4.0.0-amd64.tar.zst")]
    [InlineData("3.20", "kata-static-3.20.0-amd64.tar.xz")]
    public async Task A_file_is_found_by_the_name_that_it_had_in_its_release(string wish, string file)
    {
        foreach (var (tag, name) in new[] { ("4.0.0", "4.0.0-amd64.tar.zst"), ("3.20.0", "3.20.0-amd64.tar.xz") })
            _server.PublishFile("kata-containers/kata-containers", tag, $"kata-static-{name}", "x"u8.ToArray());
        (await FindAsync(wish, of: ReleaseComponent.KataForLinux)).Source.Segments[^1].ShouldBe(file);
    }

    [Theory]
    [InlineData("containerd-3.0.0-linux-amd64.tar.gz.sha256sum", "{0}  containerd-3.0.0-linux-amd64.tar.gz\n")]
    [InlineData("containerd-3.0.0-linux-amd64.tar.gz.sha256", "{0}\n")]
    [InlineData("SHA256SUMS", "{1}  other.tar.gz\n{0}  containerd-3.0.0-linux-amd64.tar.gz\n")]
    public async Task Without_githubs_digest_the_releases_checksum_file_has_it(string list, string format)
    {
        var text = string.Format(null, format, Sha256("three"), new string('0', 64));
        PublishThree(("containerd-3.0.0-linux-amd64.tar.gz", "three"), (list, text));
        (await FindAsync("3.0.0")).Sha256.ShouldBe(Sha256("three"));
        (await FindAsync("3.0.0", offline: true)).Sha256.ShouldBe(Sha256("three"));
    }

    [Fact]
    public async Task Without_any_digest_the_file_is_refused()
    {
        PublishThree(("containerd-3.0.0-linux-amd64.tar.gz", "three"));
        (await FailAsync("3.0.0")).Saw.ShouldContain("SHA-256");
    }

    [Fact]
    public async Task A_checksum_file_that_does_not_list_the_file_is_refused()
    {
        var list = $"{new string('a', 64)}  other\n{new string('a', 64)}  more\n";
        PublishThree(("containerd-3.0.0-linux-amd64.tar.gz", "three"), ("SHA256SUMS", list));
        (await FailAsync("3.0.0")).Saw.ShouldContain("SHA256SUMS does not list it");
    }

    [Fact]
    public async Task A_version_that_is_not_there_is_told_with_those_that_are()
    {
        var error = await FailAsync("4.x");
        error.Attempted.ShouldContain("containerd 4.x");
        error.Saw.ShouldBe("none fits; the newest are 2.2.0-rc.1, 2.1.4, 2.1.3, 2.0.5, 1.7.27");
    }

    [Fact]
    public async Task A_release_without_the_platforms_file_lists_those_that_it_has()
    {
        PublishThree(("containerd-3.0.0-windows-amd64.tar.gz", "three"));
        var error = await FailAsync("3.0.0");
        error.Attempted.ShouldContain("containerd-3.0.0-linux-amd64.tar.gz in release v3.0.0");
        error.Saw.ShouldContain("containerd-3.0.0-windows-amd64.tar.gz");
    }

    [Fact]
    public async Task A_release_marked_as_pre_release_on_github_only_is_not_the_latest()
    {
        Publish("v9.0.0", prerelease: true);
        await ShouldFindAsync("latest", "2.1.4");
    }

    [Fact]
    public async Task All_pages_are_read()
    {
        _server.MostPerPage = 2;
        await ShouldFindAsync("1.x", "1.7.27");
        _server.Counted.ShouldBe(3);
    }

    [Fact]
    public async Task A_list_that_did_not_change_costs_nothing_of_the_limit()
    {
        _server.MostPerPage = 2;
        await FindAsync("latest");
        var counted = _server.Counted;
        await ShouldFindAsync("1.x", "1.7.27");
        _server.Counted.ShouldBe(counted);
        _server.NotModified.ShouldBe(3);
        Publish("v2.1.5");
        await ShouldFindAsync("latest", "2.1.5");
    }

    [Fact]
    public async Task Offline_nobody_is_asked_and_what_was_kept_is_used()
    {
        _server.MostPerPage = 2;
        await FindAsync("latest");
        Publish("v2.1.5");
        var asked = _server.Authorizations.Count;
        await ShouldFindAsync("latest", "2.1.4", offline: true);
        _server.Authorizations.Count.ShouldBe(asked);
    }

    [Fact]
    public async Task Offline_what_was_never_kept_is_named()
    {
        var error = await FailAsync("latest", offline: true);
        error.Attempted.ShouldContain("repos/containerd/containerd/releases");
        error.Attempted.ShouldContain("offline");
        error.Try.ShouldContain("--offline");
    }

    [Fact]
    public async Task A_damaged_kept_answer_is_asked_for_again()
    {
        await FindAsync("latest");
        foreach (var file in Directory.GetFiles(Folder))
            Put(file, "{ half");
        await ShouldFindAsync("latest", "2.1.4");
    }

    [Fact]
    public async Task A_used_up_limit_says_when_it_ends_and_how_to_raise_it()
    {
        var reset = new DateTimeOffset(2031, 5, 6, 14, 32, 0, TimeSpan.Zero);
        _server.Refusals.Enqueue(GitHubServer.RateLimited(reset));
        var error = await FailAsync("latest");
        error.Saw.ShouldBe("its limit of 60 requests an hour is used up until 14:32 UTC");
        error.Try.ShouldContain("GITHUB_TOKEN");
    }

    [Fact]
    public async Task The_token_is_sent_and_never_told()
    {
        _server.Refusals.Enqueue(GitHubServer.Status(401, "Bad credentials"));
        var error = await FailAsync("latest", token: "ghp_secret");
        error.Try.ShouldContain("token");
        error.ToString().ShouldNotContain("ghp_secret");
        _server.Authorizations.ShouldBe(["Token ghp_secret"]);
        Directory.GetFiles(Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_repository_that_is_not_there_is_named()
    {
        var nobodys = new ReleaseComponent("x", "no/body", "x-{version}");
        var error = await FailAsync("latest", of: nobodys);
        error.Attempted.ShouldContain("no/body");
        error.Try.ShouldContain("--github-address");
    }

    [Fact]
    public async Task An_answer_without_end_is_not_read_to_its_end()
    {
        var served = 0L;
        _server.Refusals.Enqueue(async context =>
        {
            var block = new byte[1 << 20];
            for (; served < 1L << 30 && !context.RequestAborted.IsCancellationRequested; served += block.Length)
                await context.Response.Body.WriteAsync(block, context.RequestAborted);
        });

        var error = await FailAsync("latest");

        error.Saw.ShouldContain("longer than 32 MiB");
        Directory.GetFiles(Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_that_stumbles_is_asked_again()
    {
        _server.Refusals.Enqueue(GitHubServer.Status(502, "Bad gateway"));
        _server.Refusals.Enqueue(GitHubServer.Status(503, "Unavailable"));
        await ShouldFindAsync("latest", "2.1.4");
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told_with_what_to_try()
    {
        var address = _server.Address;
        await _server.DisposeAsync();
        var error = await FailAsync("latest", address: address);
        error.Attempted.ShouldContain("containerd/containerd");
        error.Try.ShouldContain("HTTPS_PROXY");
    }

    private void Publish(string tag, bool prerelease = false)
    {
        var version = tag.TrimStart('v').Replace('/', '-');
        var name = Component.FilePattern.Replace("{version}", version, StringComparison.Ordinal);
        _server.PublishFile(Repository, tag, name, Encoding.UTF8.GetBytes($"{tag}\n"), prerelease);
    }

    /// <summary>Publishes a release whose files have no digest on GitHub.</summary>
    private void PublishThree(params (string Name, string Text)[] files) =>
        _server.Publish(
            Repository,
            "v3.0.0",
            prerelease: false,
            files.Select(file => _server.File(file.Name, Encoding.UTF8.GetBytes(file.Text)))
        );

    private async Task ShouldFindAsync(string wish, string version, bool offline = false) =>
        (await FindAsync(wish, offline)).Version.ShouldBe(version);

    private Task<PinnedFile> FindAsync(
        string wish,
        bool offline = false,
        string? token = null,
        ReleaseComponent? of = null,
        Uri? address = null
    )
    {
        VersionWish.TryParse(wish, out var parsed).ShouldBeTrue();
        var access = new NetworkAccess
        {
            GitHubAddress = address ?? _server.Address,
            Offline = offline,
            GitHubToken = token,
        };
        return GitHubReleases
            .Create(access, new LocalNetwork(access), Folder, TimeProvider.System)
            .FindAsync(of ?? Component, parsed, Token);
    }

    private Task<ContainerHostException> FailAsync(
        string wish,
        bool offline = false,
        string? token = null,
        ReleaseComponent? of = null,
        Uri? address = null
    ) => Should.ThrowAsync<ContainerHostException>(FindAsync(wish, offline, token, of, address));

    private static string Sha256(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
