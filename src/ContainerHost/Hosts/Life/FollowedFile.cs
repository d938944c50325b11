using System.Text;
using ContainerHost.Machines;

namespace ContainerHost.Hosts.Life;

/// <summary>A file that others append to, told line by line as it grows, by a look at its length; one that was cut is read from its beginning.</summary>
internal sealed class FollowedFile
{
    /// <summary>Every line of the file, however many there are.</summary>
    public const int All = int.MaxValue;

    // However long a line is, little of it is kept.
    private const int LongestLine = 16 * 1024;

    private readonly string _path;
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private long _at;
    private string _rest = "";
    private int? _last;

    /// <summary>Begins at the end of the file; with <paramref name="last"/> so many lines before it, within the last 16 KiB, or at its beginning where that is every number of lines.</summary>
    public FollowedFile(string path, int? last = null)
    {
        (_path, _last) = (path, last);
        var length = ConsoleLog.LengthOf(path);
        _at = last switch
        {
            null => length,
            All => 0,
            _ => Math.Max(0, length - LongestLine),
        };
    }

    /// <summary>The lines that came since the last call, without their ends.</summary>
    public IReadOnlyList<string> Read()
    {
        var (text, first) = (ReadText(), _last);
        _last = null;
        if (text.Length == 0)
            return [];
        var lines = (_rest + text).Split('\n');
        _rest = lines[^1];
        IEnumerable<string> whole = lines[..^1];
        if (first is { } last)
            whole = whole.TakeLast(last);
        if (_rest.Length > LongestLine)
            whole = whole.Append(End());
        return [.. whole];
    }

    /// <summary>What there is of a line that did not end; empty where there is nothing.</summary>
    public string End()
    {
        var rest = _rest;
        _rest = "";
        return rest;
    }

    private string ReadText()
    {
        var length = ConsoleLog.LengthOf(_path);
        if (length == _at)
            return "";
        try
        {
            using var stream = ConsoleLog.Open(_path, FileAccess.Read);
            if (stream.Length < _at)
                (_at, _rest) = (0, "");
            _at = Math.Max(_at, stream.Length - ConsoleLog.Kept);
            stream.Seek(_at, SeekOrigin.Begin);
            var bytes = new byte[stream.Length - _at];
            var count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            _at += count;
            var text = new char[_decoder.GetCharCount(bytes, 0, count, flush: false)];
            _decoder.GetChars(bytes, 0, count, text, 0, flush: false);
            return new string(text);
        }
        // It goes with its host.
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return "";
        }
    }
}
