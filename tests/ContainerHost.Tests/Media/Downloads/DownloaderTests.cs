using ContainerHost.Media.Downloads;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace ContainerHost.Tests.Media.Downloads;

public sealed class DownloaderTests : IDisposable
{
    private readonly DownloadFixture _with = new();

    private byte[] Content => _with.Content;

    public void Dispose() => _with.Dispose();

    [Fact]
    public async Task A_file_arrives_whole_and_alone()
    {
        await using var server = await FileServer.StartAsync(FileServer.Good(Content));

        await _with.FetchAsync(server, Content.Length);

        _with.ShouldBeThere();
    }

    [Fact]
    public async Task A_server_in_trouble_for_a_while_is_asked_again()
    {
        await using var server = await FileServer.StartAsync(
            FileServer.Status(500),
            FileServer.Status(503),
            FileServer.Good(Content)
        );

        await _with.FetchAsync(server);

        _with.ShouldBeThere();
        _with.Logged.ShouldContain("answered 500 Internal Server Error; trying again in");
    }

    [Fact]
    public async Task A_server_in_trouble_for_ever_is_asked_so_often_and_no_more()
    {
        await using var server = await FileServer.StartAsync(FileServer.Status(500));

        var error = await _with.FailAsync(server);

        error.Saw.ShouldContain("5 attempts; the last: ");
        error.Saw.ShouldContain("answered 500");
        server.Ranges.Count.ShouldBe(5);
        File.Exists(_with.Target).ShouldBeFalse();
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_asked_for_once()
    {
        await using var server = await FileServer.StartAsync(FileServer.Status(404));

        var error = await _with.FailAsync(server);

        error.Saw.ShouldContain("answered 404");
        server.Ranges.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_wrong_digest_is_deleted_and_both_digests_are_told()
    {
        var other = new byte[1000];
        await using var server = await FileServer.StartAsync(FileServer.Good(other));

        var error = await _with.FailAsync(server);

        error.Saw.ShouldContain("541b3e9daa09b20bf85fa273e5cbd3e80185aa4ec298e765db87742b70138a53");
        error.Saw.ShouldContain(_with.Request(server.File).Digest.Hex);
        Directory.GetFiles(Path.GetDirectoryName(_with.Target)!).ShouldBeEmpty();
        server.Ranges.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_stalled_server_is_given_up_and_asked_again()
    {
        var time = new FakeTimeProvider();
        using var with = new DownloadFixture
        {
            Time = time,
            Options = new DownloadOptions { Retries = 50 },
        };
        await using var server = await FileServer.StartAsync(
            FileServer.Stalled(with.Content, 1_000_000),
            FileServer.Good(with.Content)
        );

        var fetching = with.FetchAsync(server);
        while (!fetching.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(fetching, Task.Delay(2, TestContext.Current.CancellationToken));
        }
        await fetching;

        with.ShouldBeThere();
        with.Logged.ShouldContain("no byte came for 30 s");
    }

    [Fact]
    public async Task A_length_that_is_announced_too_short_is_found_by_the_known_size()
    {
        await using var server = await FileServer.StartAsync(FileServer.Good(Content[..1000]));

        var error = await _with.FailAsync(server, Content.Length);

        error.Saw.ShouldContain("it has 1000 bytes instead of 3000000");
        File.Exists(_with.Target).ShouldBeFalse();
    }

    [Fact]
    public async Task A_length_that_is_announced_too_long_ends_in_an_error_that_tells_both()
    {
        var longer = new byte[Content.Length + 1];
        Content.CopyTo(longer, 0);
        await using var server = await FileServer.StartAsync(FileServer.Broken(longer, Content.Length, tag: null));

        var error = await _with.FailAsync(server);

        error.Saw.ShouldContain("5 attempts");
        File.Exists(_with.Target).ShouldBeFalse();
    }

    [Fact]
    public async Task A_body_without_an_end_is_cut_off_once_it_is_too_long()
    {
        await using var server = await FileServer.StartAsync(async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(new byte[100_000]);
        });

        var error = await _with.FailAsync(server, Content.Length);

        error.Saw.ShouldContain("or more bytes instead of 3000000");
        server.Ranges.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Space_is_looked_at_before_anything_is_written()
    {
        using var with = new DownloadFixture { FreeSpace = _ => 2_999_999 };
        await using var server = await FileServer.StartAsync(FileServer.Good(with.Content));

        var error = await with.FailAsync(server);

        error.Saw.ShouldContain("it needs 3 MiB more");
        error.Try.ShouldContain("--cache-directory");
        Directory.GetFiles(Path.GetDirectoryName(with.Target)!).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_restart_counts_the_space_that_the_old_part_gives_back()
    {
        using var with = new DownloadFixture { FreeSpace = _ => 1_000_000 };
        await using var server = await FileServer.StartAsync(FileServer.Good(with.Content, "\"two\""));
        with.LeavePart(server, new byte[2_000_000]);

        await with.FetchAsync(server);

        with.ShouldBeThere();
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_no_broken_connection()
    {
        await using var server = await FileServer.StartAsync(FileServer.Good(Content));
        Directory.CreateDirectory(Path.GetDirectoryName(_with.Target)!);
        using var taken = new FileStream(_with.Part, FileMode.Create, FileAccess.ReadWrite, FileShare.None);

        var error = await _with.FailAsync(server);

        error.Saw.ShouldContain("could not be written");
        server.Ranges.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Credentials_in_an_address_are_used_and_never_told()
    {
        await using var server = await FileServer.StartAsync(
            FileServer.Status(500),
            FileServer.Broken(Content, 1000),
            FileServer.Status(403)
        );
        var source = new UriBuilder(server.File)
        {
            UserName = "me",
            Password = "hunter2",
            Query = "key=hunter3",
        }.Uri;

        var error = await Should.ThrowAsync<ContainerHost.Errors.ContainerHostException>(
            _with.Downloader.FetchAsync(_with.Request(source), TestContext.Current.CancellationToken)
        );

        server.Authorizations.ShouldBe(["Basic bWU6aHVudGVyMg==", "Basic bWU6aHVudGVyMg==", "Basic bWU6aHVudGVyMg=="]);
        var told = $"{error}\n{_with.Logged}\n{File.ReadAllText(_with.Meta)}";
        told.ShouldContain(server.File.ToString());
        told.ShouldNotContain("hunter");
    }

    [Fact]
    public async Task A_text_is_read_again_when_its_body_breaks()
    {
        var text = "abc  disk.bin\n"u8.ToArray();
        await using var server = await FileServer.StartAsync(FileServer.Broken(text, 3), FileServer.Good(text));

        var read = await _with.Downloader.FetchTextAsync(server.File, TestContext.Current.CancellationToken);

        read.ShouldBe("abc  disk.bin\n");
    }

    [Fact]
    public async Task A_text_whose_body_stalls_is_read_again()
    {
        var time = new FakeTimeProvider();
        using var with = new DownloadFixture
        {
            Time = time,
            Options = new DownloadOptions { Retries = 50 },
        };
        var text = "abc  disk.bin\n"u8.ToArray();
        await using var server = await FileServer.StartAsync(FileServer.Stalled(text, 3), FileServer.Good(text));

        var reading = with.Downloader.FetchTextAsync(server.File, TestContext.Current.CancellationToken);
        while (!reading.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(reading, Task.Delay(2, TestContext.Current.CancellationToken));
        }

        (await reading).ShouldBe("abc  disk.bin\n");
    }
}
