using Serilog.Events;
using Serilog.Formatting;

namespace Nuke.Common.Execution;

/// <summary>Writes log events without secrets.</summary>
internal sealed class MaskingFormatter(ITextFormatter inner, SecretMask mask) : ITextFormatter
{
    public void Format(LogEvent logEvent, TextWriter output)
    {
        using var text = new StringWriter();
        inner.Format(logEvent, text);
        output.Write(mask.Apply(text.ToString()));
    }
}
