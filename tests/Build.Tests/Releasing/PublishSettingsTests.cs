using ContainerHost.Errors;
using Releasing;

namespace Build.Tests.Releasing;

public sealed class PublishSettingsTests
{
    [Theory]
    [InlineData("https://github.com/me/it.git")]
    [InlineData("https://user@github.com/me/it")]
    [InlineData("git@github.com:me/it.git")]
    [InlineData("ssh://git@github.com/me/it.git")]
    public void The_repository_is_that_of_the_remote(string remote)
    {
        var settings = Read(repository: null, remote: remote);

        (settings.Owner, settings.Repository).ShouldBe(("me", "it"));
    }

    [Theory]
    [InlineData("/srv/me/it")]
    [InlineData("file:///srv/me/it")]
    [InlineData(null)]
    public void A_remote_that_is_no_server_tells_none(string? remote) =>
        Problems(() => Read(repository: null, remote: remote)).ShouldHaveSingleItem().ShouldContain("OWNER/NAME");

    [Theory]
    [InlineData("it")]
    [InlineData("me/it/too")]
    [InlineData("me/../it")]
    [InlineData("https://github.com/me/it")]
    public void A_repository_has_an_owner_and_a_name(string repository) =>
        Problems(() => Read(repository: repository))
            .ShouldHaveSingleItem()
            .ShouldContain($"'{repository}' is not valid");

    [Theory]
    [InlineData("http://feed.example/v3/index.json")]
    [InlineData("ftp://feed.example/")]
    [InlineData("no-such-folder")]
    [InlineData("/no/such/folder")]
    public void Packages_go_over_tls_or_to_a_folder_that_is_there(string source) =>
        Problems(() => Read(source: source)).ShouldHaveSingleItem().ShouldContain($"--nuget-source '{source}'");

    [Theory]
    [InlineData("http://github.example")]
    [InlineData("github.example")]
    public void The_token_goes_over_tls(string address) =>
        Problems(() => Read(address: address)).ShouldHaveSingleItem().ShouldContain("--github-address");

    [Fact]
    public void Every_problem_is_told_at_once() =>
        Problems(() => Read(address: "x", token: null, repository: "x", source: "https://feed.example", key: null))
            .Count.ShouldBe(4);

    [Fact]
    public void A_folder_takes_no_key() => Read(source: Path.GetTempPath(), key: null).PackageKey.ShouldBeNull();

    [Fact]
    public void A_dry_run_takes_no_secrets() => Read(token: null, key: null, dryRun: true).DryRun.ShouldBeTrue();

    [Fact]
    public void Settings_are_told_without_their_secrets()
    {
        $"{Read()}".ShouldNotContain("token");
        $"{Read()}".ShouldNotContain("a-key");
    }

    private static PublishSettings Read(
        string? address = null,
        string? token = "a-token",
        string? repository = "me/it",
        string? remote = null,
        string source = PublishSettings.Gallery,
        string? key = "a-key",
        bool dryRun = false
    ) => PublishSettings.Read(address, token, repository, remote, source, key, dryRun);

    private static IReadOnlyList<string> Problems(Func<PublishSettings> read) =>
        Should.Throw<InvalidInputException>(read).Problems;
}
