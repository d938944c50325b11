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
    private FileStream? _lock;

    public BuildLog(AbsolutePath directory, Verbosity verbosity, SecretMask mask, bool toStandardError)
    {
        Directory.CreateDirectory(directory);
        var culture = CultureInfo.InvariantCulture;
        _logger = new LoggerConfiguration()
            .MinimumLevel.Verbose()
            .WriteTo.Console(
                Level(verbosity),
                ConsoleTemplate(verbosity),
                culture,
                standardErrorFromLevel: toStandardError ? LogEventLevel.Verbose : null,
                // Colours within the text, so that a line and its colours stay one write.
                theme: AnsiConsoleTheme.Code
            )
            .WriteTo.File(
                new MaskingFormatter(new MessageTemplateTextFormatter(FileTemplate, culture), mask),
                FileIn(directory)
            )
            .CreateLogger();
        Log.Logger = _logger;
    }

    public void Enter(ExecutableTarget target) => Log.Logger = _logger.ForContext("Target", target.Name);

    public void Leave() => Log.Logger = _logger;

    public void Dispose()
    {
        Log.Logger = _logger;
        Log.CloseAndFlush();
        _lock?.Dispose();
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

    // Several builds may run in the same root; the first has the log's plain name, each other one its own.
    private string FileIn(AbsolutePath directory)
    {
        try
        {
            _lock = new FileStream(
                directory / "build.log.lock",
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None,
                bufferSize: 1,
                FileOptions.DeleteOnClose
            );
            File.Delete(directory / "build.log");
            return directory / "build.log";
        }
        catch (Exception held) when (held is IOException or UnauthorizedAccessException)
        {
            return directory / $"build.{Environment.ProcessId}.log";
        }
    }
}
