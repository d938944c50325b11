using NuGet.Common;

namespace Releasing;

/// <summary>What NuGet tells goes to the log's details.</summary>
internal sealed class FeedLog : LoggerBase
{
    /// <summary>True once NuGet told that the source has the package: the only way in which it says so.</summary>
    public bool SaidConflict { get; private set; }

    public override void Log(ILogMessage message)
    {
        SaidConflict |= message.Message.Contains("already exists", StringComparison.Ordinal);
        Serilog.Log.Debug("{Line}", message.Message);
    }

    public override Task LogAsync(ILogMessage message)
    {
        Log(message);
        return Task.CompletedTask;
    }
}
