using System.Globalization;
using Nuke.Common.IO;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Display;
using Serilog.Sinks.SystemConsole.Themes;

namespace Nuke.Common.Execution;

/// <summary>The log of a run: the console, by verbosity, and a file that has everything.</summary>
internal sealed class BuildLog : IDisposable
{
    private const string FileTemplate =
        "{Timestamp:yyyy-MM-dd HH:mm:ss.fff} | {Level:u3} | {Target} | {Message:l}{NewLine}{Exception}";

    private readonly ILogger _logger;

    public BuildLog(AbsolutePath directory, Verbosity verbosity)
    {
        Directory.CreateDirectory(directory);
        var culture = CultureInfo.InvariantCulture;
        _logger = new LoggerConfiguration()
            .MinimumLevel.Verbose()
            .WriteTo.Console(
                Level(verbosity),
                ConsoleTemplate(verbosity),
                culture,
                // Colours within the text, so that a line and its colours stay one write.
                theme: AnsiConsoleTheme.Code
            )
            .WriteTo.File(new MessageTemplateTextFormatter(FileTemplate, culture), FileIn(directory))
            .CreateLogger();
        Log.Logger = _logger;
    }

    public void Enter(ExecutableTarget target) => Log.Logger = _logger.ForContext("Target", target.Name);

    public void Leave() => Log.Logger = _logger;

    public void Dispose()
    {
        Log.Logger = _logger;
        Log.CloseAndFlush();
    }

    private static string ConsoleTemplate(Verbosity verbosity) =>
        "{Timestamp:HH:mm:ss} [{Level:u3}] {Message:l}{NewLine}"
        + (verbosity == Verbosity.Verbose ? "{Exception}" : "");

    private static LogEventLevel Level(Verbosity verbosity) =>
        verbosity switch
        {
            Verbosity.Verbose => LogEventLevel.Verbose,
            Verbosity.Normal => LogEventLevel.Debug,
            Verbosity.Minimal => LogEventLevel.Warning,
            _ => LogEventLevel.Error,
        };

    // As NUKE has it: one log, emptied by each run; a few of those that were moved aside stay.
    private static string FileIn(AbsolutePath directory)
    {
        var aside = Directory.GetFiles(directory, "build.*.log").OrderByDescending(File.GetLastWriteTimeUtc);
        foreach (var old in aside.Skip(5))
            File.Delete(old);
        using (var emptied = File.OpenWrite(directory / "build.log"))
            emptied.SetLength(0);
        return directory / "build.log";
    }
}
