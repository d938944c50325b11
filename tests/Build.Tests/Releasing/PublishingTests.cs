using System.Text;
using ContainerHost.Errors;

namespace Build.Tests.Releasing;

public sealed class PublishingTests : HubTest
{
    [Fact]
    public async Task A_release_is_a_draft_until_its_files_and_packages_are_there()
    {
        await PublishAsync();

        ShouldBeWhole();
        Published.Body.ShouldBe("What is new");
        Published.Commit.ShouldBe("c0ffee");
        var published = Hub.Asked.FindIndex(line => line.StartsWith("PATCH ", StringComparison.Ordinal));
        published.ShouldBe(Hub.Asked.Count - 1);
    }

    [Fact]
    public async Task Publishing_twice_changes_nothing()
    {
        await PublishAsync();
        Hub.Asked.Clear();

        await PublishAsync();

        ShouldBeWhole();
        Hub.Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_draft_that_a_cut_run_left_is_gone_on_with()
    {
        var draft = Hub.Release(Tag);
        draft.Add(Files[0].Name, Encoding.UTF8.GetBytes("the package"));
        draft.Add(Files[1].Name, [], "starter");
        draft.Add(Files[2].Name, Encoding.UTF8.GetBytes("SUMS"));
        draft.Add("notes-of-somebody.txt", [1]);

        await PublishAsync();

        ShouldBeWhole();
        Published.Names.ShouldContain("notes-of-somebody.txt");
        Hub.Asked.Count(line => line.StartsWith("DELETE", StringComparison.Ordinal)).ShouldBe(2);
        Hub.Asked.Count(line => line.StartsWith("POST", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task A_draft_is_made_once_though_the_answer_is_lost()
    {
        Hub.Faults.Add(
            new(
                "POST",
                "/it/releases",
                async context =>
                {
                    await Hub.CreateAsync(context.Request);
                    await Hub.CutAsync(context);
                }
            )
        );

        await PublishAsync();

        ShouldBeWhole();
    }

    // GitHub's description of the upload: a failure may leave an empty file with the state "starter", which can be deleted.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_upload_that_is_cut_is_done_again(bool told)
    {
        Hub.Faults.Add(
            new(
                "POST",
                "/uploads/",
                async context =>
                {
                    var half = (await Hub.ReadAsync(context.Request.InputStream))[..3];
                    Hub.Find(1).Add($"{context.Request.QueryString["name"]}", half, "starter");
                    await (told ? HubFault.Message(502, "Bad Gateway") : Hub.CutAsync)(context);
                }
            )
        );

        await PublishAsync();

        ShouldBeWhole();
    }

    [Theory]
    [InlineData("GET", "/releases")]
    [InlineData("PATCH", "/releases/1")]
    [InlineData("PUT", "/v3/push")]
    [InlineData("PUT", "/v3/symbols")]
    [InlineData("GET", "/v3/index.json")]
    public async Task A_cut_connection_is_tried_again(string method, string path)
    {
        Hub.Faults.Add(new(method, path, Hub.CutAsync));

        await PublishAsync();

        ShouldBeWhole();
    }

    [Theory]
    [InlineData("POST", "/it/releases")]
    [InlineData("PATCH", "/releases/1")]
    public async Task An_answer_that_says_nothing_is_no_success(string method, string path)
    {
        Hub.Faults.Add(new(method, path, HubFault.Nothing));

        await PublishAsync();

        ShouldBeWhole();
    }

    [Fact]
    public async Task Symbols_are_pushed_though_a_cut_run_pushed_the_package_alone()
    {
        Hub.Packages.Add("push the package");

        await PublishAsync();

        ShouldBeWhole();
    }

    [Fact]
    public async Task What_is_published_with_other_files_stays_as_it_is()
    {
        Hub.Release(Tag, draft: false).Add(Files[0].Name, [1, 2, 3]);

        var failure = await FailAsync();

        failure.ExitCode.ShouldBe(ExitCodes.InvalidInput);
        failure.Saw.ShouldContain("It.0.1.0.nupkg, It.0.1.0.snupkg, SHA256SUMS differ or are not there");
        Hub.Changes.ShouldBeEmpty();
        Hub.Packages.ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_two_drafts_none_is_taken()
    {
        Hub.Release(Tag);
        Hub.Release(Tag);

        var failure = await FailAsync();

        failure.ExitCode.ShouldBe(ExitCodes.InvalidInput);
        failure.Saw.ShouldContain("there are 2");
        Hub.Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_dry_run_changes_nothing_anywhere()
    {
        Hub.Release(Tag).Add(Files[1].Name, [], "starter");

        await PublishAsync(dryRun: true);

        Hub.Changes.ShouldBeEmpty();
        Hub.Packages.ShouldBeEmpty();
        Published.Assets.ShouldHaveSingleItem().State.ShouldBe("starter");
    }
}
