using Microsoft.AspNetCore.Http;
using static ContainerHost.Tests.Media.Downloads.FileServer;

namespace ContainerHost.Tests.Media.Downloads;

public sealed class ResumeTests : DownloadTest
{
    [Fact]
    public async Task A_broken_connection_is_resumed_at_the_very_byte()
    {
        await using var server = await StartAsync(Broken(Content, 1_234_567), Good(Content));

        await ShouldArriveAsync(server, null, "bytes=1234567-");
    }

    [Fact]
    public async Task Two_breaks_are_resumed_by_what_the_first_answer_said_of_the_file()
    {
        await using var server = await StartAsync(
            Broken(Content, 1_000_000),
            async context =>
            {
                // As RFC 9110 allows: without the validators of the first answer.
                context.Response.StatusCode = StatusCodes.Status206PartialContent;
                context.Response.ContentLength = 2_000_000;
                context.Response.Headers.ContentRange = "bytes 1000000-2999999/3000000";
                await context.Response.Body.WriteAsync(Content.AsMemory(1_000_000, 500_000));
            },
            Good(Content)
        );

        await ShouldArriveAsync(server, null, "bytes=1000000-", "bytes=1500000-");
    }

    [Fact]
    public async Task A_server_without_ranges_starts_over()
    {
        await using var server = await StartAsync(Broken(Content, 1_000_000), WithoutRanges(Content));

        await ShouldArriveAsync(server, null, "bytes=1000000-");
    }

    [Fact]
    public async Task A_file_that_changes_half_way_is_fetched_from_the_start()
    {
        var before = new byte[Content.Length];
        await using var server = await StartAsync(Broken(before, 1_000_000, "\"before\""), Good(Content, "\"after\""));

        await ShouldArriveAsync(server, null, "bytes=1000000-");
    }

    [Fact]
    public async Task A_server_that_mixes_two_files_is_found_out_by_the_digest()
    {
        // The same ETag for other bytes.
        await using var server = await StartAsync(Broken(new byte[Content.Length], 1_000_000), Good(Content));

        await ShouldArriveAsync(server, null, "bytes=1000000-", null);

        Logged.ShouldContain("though it was resumed");
    }

    [Fact]
    public async Task A_range_that_begins_elsewhere_is_not_built_upon()
    {
        await using var server = await StartAsync(
            Broken(Content, 1_000_000),
            async context =>
            {
                context.Response.StatusCode = StatusCodes.Status206PartialContent;
                context.Response.Headers.ContentRange = "bytes 5-2999999/3000000";
                await context.Response.Body.WriteAsync(Content.AsMemory(5));
            },
            Good(Content)
        );

        await ShouldArriveAsync(server, null, "bytes=1000000-", null);
    }

    [Fact]
    public async Task A_part_that_is_whole_is_checked_and_kept()
    {
        await using var server = await StartAsync(Good(Content));
        LeavePart(server, Content);

        await ShouldArriveAsync(server, "bytes=3000000-");
    }

    [Fact]
    public async Task A_part_that_is_longer_than_the_file_is_thrown_away()
    {
        await using var server = await StartAsync(Good(Content));
        LeavePart(server, [.. Content, 0]);

        await ShouldArriveAsync(server, "bytes=3000001-", null);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{"Source":"http://127.0.0.1/another","ETag":"\u0022one\u0022"}""")]
    [InlineData("""{"Source":"THIS","ETag":"no tag"}""")]
    public async Task A_part_of_nobody_knows_what_is_not_built_upon(string meta)
    {
        await using var server = await StartAsync(Good(Content));
        LeavePart(server, Content[..1000]);
        File.WriteAllText(Meta, meta.Replace("THIS", server.File.ToString(), StringComparison.Ordinal));

        await ShouldArriveAsync(server, [null]);
    }

    [Fact]
    public async Task A_file_that_is_known_by_its_time_only_is_resumed_by_that()
    {
        var changed = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        var asked = "";
        await using var server = await StartAsync(
            async context =>
            {
                context.Response.ContentLength = Content.Length;
                context.Response.Headers.LastModified = changed.ToString("R");
                await context.Response.Body.WriteAsync(Content.AsMemory(0, 1_000_000));
            },
            async context =>
            {
                asked = context.Request.Headers.IfRange.ToString();
                await Results.Bytes(Content, enableRangeProcessing: true, lastModified: changed).ExecuteAsync(context);
            }
        );

        await FetchAsync(server);

        ShouldBeThere();
        asked.ShouldBe("Fri, 02 Jan 2026 03:04:05 GMT");
    }

    [Fact]
    public async Task A_cancelled_download_keeps_what_came_and_is_resumed_by_the_next()
    {
        await using var server = await StartAsync(Stalled(Content, 2_000_000), Good(Content));
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var fetching = Downloader.FetchAsync(Request(server.File), cancel.Token);
        while (!File.Exists(Part) || new FileInfo(Part).Length == 0)
            await Task.Delay(1, Token);

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(fetching);
        var kept = new FileInfo(Part).Length;
        await ShouldArriveAsync(server, null, $"bytes={kept}-");
    }
}
