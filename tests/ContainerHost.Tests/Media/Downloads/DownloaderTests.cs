using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ContainerHost.Errors;
using static ContainerHost.Tests.Media.Downloads.FileServer;

namespace ContainerHost.Tests.Media.Downloads;

public sealed class DownloaderTests : DownloadTest
{
    [Fact]
    public async Task A_file_arrives_whole_and_alone()
    {
        await using var server = await StartAsync(Good(Content));

        await FetchAsync(server, Content.Length);

        ShouldBeThere();
    }

    [Fact]
    public async Task A_server_in_trouble_for_a_while_is_asked_again()
    {
        await using var server = await StartAsync(Status(500), Status(503), Good(Content));

        await FetchAsync(server);

        ShouldBeThere();
        Logged.ShouldContain("answered 500 Internal Server Error; trying again in");
    }

    [Fact]
    public async Task A_server_in_trouble_for_ever_is_asked_so_often_and_no_more()
    {
        await using var server = await StartAsync(Status(500));

        var error = await FailAsync(server);

        error.Saw.ShouldContain("5 attempts; the last: ");
        error.Saw.ShouldContain("answered 500");
        server.Ranges.Count.ShouldBe(5);
        File.Exists(Target).ShouldBeFalse();
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_asked_for_once()
    {
        await using var server = await StartAsync(Status(404));

        (await FailAsync(server)).Saw.ShouldContain("answered 404");

        server.Ranges.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(401, "USER:PASSWORD@HOST")]
    [InlineData(403, "refuses this user")]
    [InlineData(407, "HTTPS_PROXY")]
    [InlineData(404, "moved the file")]
    public async Task Each_refusal_has_its_own_advice(int status, string advice)
    {
        await using var server = await StartAsync(Status(status));

        (await FailAsync(server)).Try.ShouldContain(advice);

        server.Ranges.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_server_that_says_when_is_left_alone_for_so_long()
    {
        await using var server = await StartAsync(
            context =>
            {
                context.Response.Headers.RetryAfter = "2";
                return Status(503)(context);
            },
            Good(Content)
        );

        await FetchAsync(server);

        ShouldBeThere();
        Logged.ShouldContain("trying again in 2.0 s");
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_is_told_at_once()
    {
        using var key = RSA.Create();
        var request = new CertificateRequest("CN=nobody", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(
            DateTimeOffset.UtcNow.AddDays(-1),
            DateTimeOffset.UtcNow.AddDays(1)
        );
        await using var server = await StartAsync(certificate, [Good(Content)]);

        var error = await FailAsync(server);

        error.Saw.ShouldContain("the certificate of 127.0.0.1 is not trusted");
        error.Try.ShouldContain("--ca-file");
        Logged.ShouldNotContain("trying again");
    }

    [Fact]
    public async Task A_wrong_digest_is_deleted_and_both_digests_are_told()
    {
        await using var server = await StartAsync(Good(new byte[1000]));

        var error = await FailAsync(server);

        error.Saw.ShouldContain("541b3e9daa09b20bf85fa273e5cbd3e80185aa4ec298e765db87742b70138a53");
        error.Saw.ShouldContain(Request(server.File).Digest.Hex);
        Directory.GetFiles(Path.GetDirectoryName(Target)!).ShouldBeEmpty();
        server.Ranges.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_stalled_server_is_given_up_and_asked_again()
    {
        await using var server = await StartAsync(Stalled(Content, 1_000_000), Good(Content));

        await InFakeTimeAsync(() => FetchAsync(server));

        ShouldBeThere();
        Logged.ShouldContain("no byte came for 30 s");
    }

    [Fact]
    public async Task A_length_that_is_announced_too_short_is_found_by_the_known_size()
    {
        await using var server = await StartAsync(Good(Content[..1000]));

        (await FailAsync(server, Content.Length)).Saw.ShouldContain("it has 1000 bytes instead of 3000000");

        File.Exists(Target).ShouldBeFalse();
    }

    [Fact]
    public async Task A_length_that_is_announced_too_long_ends_in_an_error_that_tells_both()
    {
        await using var server = await StartAsync(Broken([.. Content, 0], Content.Length, tag: null));

        (await FailAsync(server)).Saw.ShouldContain("5 attempts");

        File.Exists(Target).ShouldBeFalse();
    }

    [Fact]
    public async Task A_body_without_an_end_is_cut_off_once_it_is_too_long()
    {
        await using var server = await StartAsync(async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(new byte[100_000]);
        });

        (await FailAsync(server, Content.Length)).Saw.ShouldContain("or more bytes instead of 3000000");

        server.Ranges.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_body_whose_server_tells_no_length_leaves_room_on_the_disk()
    {
        var free = 1L << 31;
        FreeSpace = _ => free -= 1 << 30;
        await using var server = await StartAsync(async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(new byte[1 << 20]);
        });

        (await FailAsync(server)).Saw.ShouldContain("does not say how long it is");
    }

    [Fact]
    public async Task Space_is_looked_at_before_anything_is_written()
    {
        FreeSpace = _ => 2_999_999;
        await using var server = await StartAsync(Good(Content));

        var error = await FailAsync(server);

        error.Saw.ShouldContain("it needs 3 MiB more");
        error.Try.ShouldContain("--cache-directory");
        Directory.GetFiles(Path.GetDirectoryName(Target)!).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_restart_counts_the_space_that_the_old_part_gives_back()
    {
        FreeSpace = _ => 1_000_000;
        await using var server = await StartAsync(Good(Content, "\"two\""));
        LeavePart(server, new byte[2_000_000]);

        await FetchAsync(server);

        ShouldBeThere();
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_no_broken_connection()
    {
        await using var server = await StartAsync(Good(Content));
        Directory.CreateDirectory(Path.GetDirectoryName(Target)!);
        using var taken = new FileStream(Part, FileMode.Create, FileAccess.ReadWrite, FileShare.None);

        (await FailAsync(server)).Saw.ShouldContain("could not be written");

        server.Ranges.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Credentials_in_an_address_are_used_and_never_told()
    {
        await using var server = await StartAsync(Status(500), Broken(Content, 1000), Status(403));
        var source = new UriBuilder(server.File)
        {
            UserName = "me",
            Password = "hunter2",
            Query = "key=hunter3",
        }.Uri;

        var error = await Should.ThrowAsync<ContainerHostException>(Downloader.FetchAsync(Request(source), Token));

        server.Authorizations.ShouldBe(["Basic bWU6aHVudGVyMg==", "Basic bWU6aHVudGVyMg==", "Basic bWU6aHVudGVyMg=="]);
        var told = $"{error}\n{Logged}\n{File.ReadAllText(Meta)}";
        told.ShouldContain(server.File.ToString());
        told.ShouldNotContain("hunter");
    }

    [Fact]
    public async Task A_text_is_read_again_when_its_body_breaks()
    {
        var text = "abc  disk.bin\n"u8.ToArray();
        await using var server = await StartAsync(Broken(text, 3), Good(text));

        (await Downloader.FetchTextAsync(server.File, Token)).ShouldBe("abc  disk.bin\n");
    }

    [Fact]
    public async Task A_text_whose_body_stalls_is_read_again()
    {
        var text = "abc  disk.bin\n"u8.ToArray();
        await using var server = await StartAsync(Stalled(text, 3), Good(text));

        await InFakeTimeAsync(async () =>
            (await Downloader.FetchTextAsync(server.File, Token)).ShouldBe("abc  disk.bin\n")
        );
    }
}
