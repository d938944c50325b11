using System.Globalization;
using System.Text;
using ContainerHost.Processes;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace ContainerHost.Guests;

/// <summary>
/// A guest's shell that stays open as its administrator and runs one command after another: under emulation a session of SSH and
/// <c>sudo</c> take longer than most commands do.
/// </summary>
internal sealed class AdministratorSession : IDisposable
{
    private readonly SshCommand _shell;
    private readonly Task _running;
    private readonly Stream _input;

    public AdministratorSession(SshClient client, string line)
    {
        _shell = client.CreateCommand(line);
        _running = _shell.ExecuteAsync();
        _input = _shell.CreateInputStream();
    }

    private bool _ended;

    /// <summary>False once its shell has ended, whatever ended it.</summary>
    public bool IsOpen => !_ended && !_running.IsCompleted;

    /// <summary>Runs lines to the end; <paramref name="linesOf"/> makes them with a mark, which both outputs end with: the first with the exit code behind it.</summary>
    public async Task<CommandResult> RunAsync(Func<string, string> linesOf, CancellationToken cancellationToken)
    {
        var mark = $"{Guid.NewGuid():N}";
        using var ending = cancellationToken.Register(End);
        try
        {
            await _input.WriteAsync(Encoding.UTF8.GetBytes(linesOf(mark)), cancellationToken);
            await _input.FlushAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ObjectDisposedException)
        {
            // It has ended; what it said meanwhile tells more than this would.
        }
        var reads = new[] { _shell.OutputStream, _shell.ExtendedOutputStream }.Select(stream =>
            Task.Run(() => ReadTo(stream, mark), CancellationToken.None)
        );
        var (output, error) = await Task.WhenAll(reads) is [var first, var second] ? (first, second) : default;
        cancellationToken.ThrowIfCancellationRequested();
        if (output.Behind is { } code && error.Behind is not null)
            return new CommandResult(int.Parse(code, CultureInfo.InvariantCulture), output.Text, error.Text);
        _ended = true;
        await _running.WaitAsync(cancellationToken);
        return new CommandResult(_shell.ExitStatus ?? -1, output.Text, error.Text);
    }

    public void Dispose()
    {
        _ended = true;
        _shell.Dispose();
    }

    // A command that is cut off must not go on beside those that come after it.
    private void End()
    {
        _ended = true;
        try
        {
            _shell.CancelAsync();
        }
        catch (Exception exception)
            when (exception is SshException or ObjectDisposedException or InvalidOperationException)
        {
            // The connection is gone, and the command's way to tell of itself with it.
        }
    }

    /// <summary>What comes before the mark, and what is behind it on its line; null where the stream ends without it.</summary>
    private static (string Text, string? Behind) ReadTo(Stream stream, string mark)
    {
        var wanted = Encoding.ASCII.GetBytes(mark);
        var seen = new MemoryStream();
        var buffer = new byte[32 * 1024];
        var at = -1;
        while (at < 0 || seen.GetBuffer().AsSpan(at, (int)seen.Length - at).IndexOf((byte)'\n') < 0)
        {
            var from = Math.Max(0, (int)seen.Length - wanted.Length);
            var count = stream.Read(buffer);
            if (count == 0)
                return (Encoding.UTF8.GetString(seen.GetBuffer(), 0, (int)seen.Length), null);
            seen.Write(buffer, 0, count);
            if (at < 0 && seen.GetBuffer().AsSpan(from, (int)seen.Length - from).IndexOf(wanted) is >= 0 and var found)
                at = from + found;
        }
        var text = Encoding.UTF8.GetString(seen.GetBuffer(), 0, at);
        return (text, Encoding.ASCII.GetString(seen.GetBuffer(), at, (int)seen.Length - at)[mark.Length..].Trim());
    }
}
