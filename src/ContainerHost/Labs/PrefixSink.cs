using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Parsing;

namespace ContainerHost.Labs;

/// <summary>Hands messages on with a text before each, so that those of several hosts can be told apart.</summary>
internal sealed class PrefixSink(ILogger log, string prefix) : ILogEventSink
{
    public static ILogger Over(ILogger log, string prefix) =>
        new LoggerConfiguration().MinimumLevel.Verbose().WriteTo.Sink(new PrefixSink(log, prefix)).CreateLogger();

    public void Emit(LogEvent logEvent)
    {
        var template = new MessageTemplate([new TextToken(prefix), .. logEvent.MessageTemplate.Tokens]);
        var values = logEvent.Properties.Select(one => new LogEventProperty(one.Key, one.Value));
        log.Write(new LogEvent(logEvent.Timestamp, logEvent.Level, logEvent.Exception, template, values));
    }
}
