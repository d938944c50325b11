using System.Text;

namespace ContainerHost.Targets.Hosting;

/// <summary>Standard error, whose last words are kept: an engine tells its own errors there, before any target runs.</summary>
internal sealed class HeardErrors(TextWriter inner) : TextWriter
{
    private const int Kept = 4000;

    private readonly StringBuilder _last = new();

    public override Encoding Encoding => inner.Encoding;

    /// <summary>The last lines that were told, the oldest first.</summary>
    public IReadOnlyList<string> Lines =>
        $"{_last}".Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void Write(string? value)
    {
        _last.Append(value);
        if (_last.Length > Kept)
            _last.Remove(0, _last.Length - Kept);
        try
        {
            inner.Write(value);
        }
        // A log that nobody takes (a full disk, a closed pipe) must not cost the result.
        catch (IOException) { }
    }

    public override void WriteLine(string? value) => Write(value + NewLine);

    public override void Flush() => inner.Flush();
}
