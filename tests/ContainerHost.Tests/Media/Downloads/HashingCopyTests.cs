using System.Security.Cryptography;
using ContainerHost.Media.Downloads;
using Microsoft.Extensions.Time.Testing;

namespace ContainerHost.Tests.Media.Downloads;

public sealed class HashingCopyTests : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly FakeTimeProvider _time = new();
    private readonly MemoryStream _target = new();

    public void Dispose()
    {
        _hash.Dispose();
        _target.Dispose();
    }

    [Fact]
    public async Task Bytes_before_a_stall_are_kept()
    {
        await using var source = new ScriptedStream(new byte[100]);

        var copying = CopyAsync(source, _target, Token);
        await source.Waiting;
        _time.Advance(TimeSpan.FromSeconds(30));

        (await Should.ThrowAsync<TransientDownloadException>(copying)).Message.ShouldBe("no byte came for 30 s");
        _target.Length.ShouldBe(100);
    }

    [Fact]
    public async Task Bytes_before_a_cancellation_are_kept()
    {
        await using var source = new ScriptedStream(new byte[100]);
        using var cancel = new CancellationTokenSource();

        var copying = CopyAsync(source, _target, cancel.Token);
        await source.Waiting;
        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(copying);
        _target.Length.ShouldBe(100);
    }

    [Fact]
    public async Task A_break_is_told_only_when_the_file_is_left_alone()
    {
        await using var source = new ScriptedStream(new byte[(1 << 20) + 100]) { End = new IOException("reset") };
        await using var slow = new GatedStream();

        var copying = CopyAsync(source, slow, Token);
        await source.Waiting;

        copying.IsCompleted.ShouldBeFalse();
        slow.Open();
        (await Should.ThrowAsync<TransientDownloadException>(copying)).Message.ShouldBe("the connection broke: reset");
        slow.Length.ShouldBe((1 << 20) + 100);
    }

    [Fact]
    public async Task A_target_that_is_full_is_no_broken_connection()
    {
        await using var source = new ScriptedStream(new byte[100]) { End = new IOException("reset") };
        await using var full = new GatedStream { Error = new IOException("No space left on device") };
        full.Open();

        (await Should.ThrowAsync<IOException>(CopyAsync(source, full, Token))).Message.ShouldBe(
            "No space left on device"
        );
    }

    private Task<long> CopyAsync(Stream source, Stream target, CancellationToken cancellationToken) =>
        new HashingCopy(_hash, target, TimeSpan.FromSeconds(30), _time).RunAsync(source, _ => { }, cancellationToken);
}
