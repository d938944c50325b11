using System.Text;

namespace ContainerHost.Targets.Hosting;

/// <summary>
/// A console that never prints a secret, even one that arrives in pieces: what may become one waits for what follows.
/// </summary>
internal sealed class MaskingWriter(TextWriter inner, SecretMask mask) : TextWriter
{
    private string _pending = "";

    /// <summary>Masks both outputs from now on, whatever engine prints.</summary>
    public static void PutOverConsole(SecretMask mask)
    {
        if (mask.IsEmpty)
            return;
        var output = new MaskingWriter(Console.Out, mask);
        var error = new MaskingWriter(Console.Error, mask);
        Console.SetOut(output);
        Console.SetError(error);
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            output.Complete();
            error.Complete();
        };
    }

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void Write(string? value)
    {
        var text = mask.Apply(_pending + value);
        var ready = text.Length - mask.Pending(text);
        _pending = text[ready..];
        inner.Write(text[..ready]);
    }

    public override void WriteLine() => Write(CoreNewLine, 0, CoreNewLine.Length);

    public override void WriteLine(string? value) => Write(value + NewLine);

    public override void Flush() => inner.Flush();

    /// <summary>Prints what still waits: nothing follows that could make it a secret.</summary>
    public void Complete()
    {
        inner.Write(_pending);
        _pending = "";
        inner.Flush();
    }

    protected override void Dispose(bool disposing)
    {
        Complete();
        base.Dispose(disposing);
    }
}
