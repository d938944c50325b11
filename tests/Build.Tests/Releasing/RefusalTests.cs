using System.Net;
using ContainerHost.Errors;

namespace Build.Tests.Releasing;

public sealed class RefusalTests : HubTest
{
    private static readonly object NotPushed = new
    {
        message = "Validation Failed",
        errors = new[]
        {
            new
            {
                resource = "Release",
                code = "invalid",
                field = "target_commitish",
            },
        },
    };

    [Fact]
    public async Task A_token_that_is_not_accepted_is_told_before_anything_is_pushed()
    {
        var failure = await FailAsync(token: "ghp_expired0123456789");

        failure.ExitCode.ShouldBe(ExitCodes.InvalidInput);
        failure.Attempted.ShouldBe("make release v0.1.0 on 127.0.0.1");
        failure.Saw.ShouldContain("401");
        failure.Try.ShouldContain("NUKE_GITHUB_TOKEN");
        Hub.Asked.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(403)]
    [InlineData(429)]
    public async Task A_limit_that_lasts_is_told_with_its_end_and_not_tried_again(int status)
    {
        var reset = DateTimeOffset.UtcNow.AddMinutes(30);
        Hub.Faults.Add(new("GET", "/releases", HubFault.Limited(status, reset)));

        var failure = await FailAsync();

        failure.ExitCode.ShouldBe(ExitCodes.HostFailed);
        failure.Saw.ShouldContain($"until {reset:HH:mm} UTC");
        failure.Try.ShouldContain("run Publish again");
        Hub.Asked.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(403)]
    [InlineData(429)]
    public async Task A_limit_that_passes_soon_is_waited_for(int status)
    {
        Hub.Faults.Add(
            new(
                "POST",
                "/uploads/",
                HubFault.Message(status, "You have exceeded a secondary rate limit.", ("Retry-After", "1"))
            )
        );

        await PublishAsync();

        ShouldBeWhole();
    }

    [Theory]
    [InlineData(403, "Resource not accessible by personal access token", "permission to write contents")]
    [InlineData(404, "Not Found", "--github-repository")]
    public async Task A_token_that_may_not_write_is_told(int status, string message, string advice)
    {
        Hub.Faults.Add(new("POST", "/releases", HubFault.Message(status, message)));

        var failure = await FailAsync();

        failure.ExitCode.ShouldBe(ExitCodes.InvalidInput);
        failure.Saw.ShouldContain($"({status})");
        failure.Try.ShouldContain(advice);
    }

    [Fact]
    public async Task A_file_that_somebody_else_uploads_all_the_time_is_told_as_another_run()
    {
        Hub.Faults.Add(new("POST", "/uploads/", HubFault.AlreadyExists("ReleaseAsset", "name"), Times: 5));

        var failure = await FailAsync();

        failure.ExitCode.ShouldBe(ExitCodes.HostBusy);
        failure.Saw.ShouldContain("ReleaseAsset name already_exists");
    }

    [Fact]
    public async Task A_file_that_came_meanwhile_is_taken_when_it_is_the_same()
    {
        Hub.Faults.Add(
            new(
                "POST",
                "/uploads/",
                async context =>
                {
                    Hub.Find(1)
                        .Add(
                            $"{context.Request.QueryString["name"]}",
                            await Hub.ReadAsync(context.Request.InputStream)
                        );
                    await HubFault.AlreadyExists("ReleaseAsset", "name")(context);
                }
            )
        );

        await PublishAsync();

        ShouldBeWhole();
        Hub.Asked.ShouldNotContain(line => line.StartsWith("DELETE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_release_that_is_not_taken_is_told_by_its_field()
    {
        Hub.Faults.Add(new("POST", "/releases", HubFault.Status(422, NotPushed)));

        var failure = await FailAsync();

        failure.ExitCode.ShouldBe(ExitCodes.InvalidInput);
        failure.Saw.ShouldContain("Release target_commitish invalid");
    }

    [Fact]
    public async Task A_key_that_is_not_accepted_leaves_a_draft_and_the_right_one_finishes_it()
    {
        var failure = await FailAsync(key: "oy2wrong0123456789abcdef");

        failure.ExitCode.ShouldBe(ExitCodes.InvalidInput);
        failure.Attempted.ShouldStartWith("push It.0.1.0.nupkg to ");
        failure.Saw.ShouldContain("403");
        Published.Draft.ShouldBeTrue();

        await PublishAsync();
        ShouldBeWhole();
    }

    [Fact]
    public async Task Files_go_to_no_address_in_the_clear()
    {
        var release = Hub.Release(Tag).ToJson(Hub.Address);
        release["upload_url"] = "http://uploads.example/assets{?name,label}";
        Hub.Faults.Add(new("GET", "/releases", HubFault.Status((int)HttpStatusCode.OK, new[] { release })));

        var failure = await FailAsync();

        failure.Saw.ShouldContain("http://uploads.example/assets is no https:// address");
    }
}
