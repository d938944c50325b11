using System.Collections.Concurrent;
using System.Globalization;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Display;

namespace Nuke.Common.Execution;

/// <summary>Keeps the errors of a run, to repeat them at its end.</summary>
internal sealed class ErrorSink : ILogEventSink
{
    private readonly MessageTemplateTextFormatter _formatter = new("{Message:l}", CultureInfo.InvariantCulture);
    private readonly ConcurrentQueue<string> _messages = [];

    public IReadOnlyCollection<string> Messages => _messages;

    public void Emit(LogEvent logEvent)
    {
        if (logEvent.Level < LogEventLevel.Error)
            return;
        using var text = new StringWriter();
        _formatter.Format(logEvent, text);
        _messages.Enqueue(text.ToString());
    }
}
