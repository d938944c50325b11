using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Parsing;

namespace ContainerHost.Targets.Hosting;

/// <summary>Hands what the library tells to the engine's log, which has a file too, without secrets.</summary>
internal sealed class MaskingSink(ILogger engine, SecretMask mask) : ILogEventSink
{
    /// <summary>The engine's log itself where nothing is secret.</summary>
    public static ILogger Over(ILogger engine, SecretMask mask) =>
        mask.IsEmpty
            ? engine
            : new LoggerConfiguration()
                .MinimumLevel.Verbose()
                .WriteTo.Sink(new MaskingSink(engine, mask))
                .CreateLogger();

    public void Emit(LogEvent logEvent)
    {
        var text = logEvent.RenderMessage(System.Globalization.CultureInfo.InvariantCulture);
        if (!mask.Hides(text))
        {
            engine.Write(logEvent);
            return;
        }
        var plain = new MessageTemplate([new TextToken(mask.Apply(text))]);
        engine.Write(new LogEvent(logEvent.Timestamp, logEvent.Level, null, plain, []));
    }
}
