using System.Text;

namespace ContainerHost.Targets.Display;

/// <summary>A console whose text goes above the live region.</summary>
internal sealed class LiveWriter(TextWriter inner, LiveRegion region) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void Write(string? value) => region.Pass(value ?? "", inner.Write);

    public override void WriteLine() => Write(NewLine);

    public override void WriteLine(string? value) => Write(value + NewLine);

    public override void Flush() => inner.Flush();
}
