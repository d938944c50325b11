using ContainerHost.Errors;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Parsing;

namespace ContainerHost.Targets.Hosting;

/// <summary>Hands what the library tells to the engine's log, which has a file too, without secrets and without anything that a terminal or a CI server would obey.</summary>
internal sealed class MaskingSink(ILogger engine, SecretMask mask) : ILogEventSink
{
    public static ILogger Over(ILogger engine, SecretMask mask) =>
        new LoggerConfiguration().MinimumLevel.Verbose().WriteTo.Sink(new MaskingSink(engine, mask)).CreateLogger();

    public void Emit(LogEvent logEvent)
    {
        var text = logEvent.RenderMessage(System.Globalization.CultureInfo.InvariantCulture);
        var clean = SafeText.ForLog(mask.Apply(text));
        if (clean == text)
        {
            engine.Write(logEvent);
            return;
        }
        var plain = new MessageTemplate([new TextToken(clean)]);
        engine.Write(new LogEvent(logEvent.Timestamp, logEvent.Level, null, plain, []));
    }
}
