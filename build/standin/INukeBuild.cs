using System.Linq.Expressions;
using Nuke.Common.Execution;
using Nuke.Common.IO;

namespace Nuke.Common;

/// <summary>A build, as its components see it.</summary>
public interface INukeBuild
{
    /// <summary>The targets to run, in order.</summary>
    IReadOnlyCollection<ExecutableTarget> ExecutionPlan { get; }

    /// <summary>The targets that were asked for.</summary>
    IReadOnlyCollection<ExecutableTarget> InvokedTargets { get; }

    /// <summary>The targets that were skipped.</summary>
    IReadOnlyCollection<ExecutableTarget> SkippedTargets { get; }

    /// <summary>The targets whose turn has not come.</summary>
    IReadOnlyCollection<ExecutableTarget> ScheduledTargets { get; }

    /// <summary>The targets that run now.</summary>
    IReadOnlyCollection<ExecutableTarget> RunningTargets { get; }

    /// <summary>The targets that were cancelled.</summary>
    IReadOnlyCollection<ExecutableTarget> AbortedTargets { get; }

    /// <summary>The targets that failed.</summary>
    IReadOnlyCollection<ExecutableTarget> FailedTargets { get; }

    /// <summary>The targets that succeeded.</summary>
    IReadOnlyCollection<ExecutableTarget> SucceededTargets { get; }

    /// <summary>The targets that failed or succeeded.</summary>
    IReadOnlyCollection<ExecutableTarget> FinishedTargets { get; }

    /// <summary>Whether a target failed, was cancelled or could not run.</summary>
    bool IsFailing { get; }

    /// <summary>Whether every target had its turn.</summary>
    bool IsFinished { get; }

    /// <summary>The exit code of the process; null for 0 or 1 by the build's outcome.</summary>
    int? ExitCode { get; set; }

    /// <summary>The directory that has <c>.nuke</c>.</summary>
    AbsolutePath RootDirectory { get; }

    /// <summary>The directory <c>.nuke/temp</c>.</summary>
    AbsolutePath TemporaryDirectory { get; }

    /// <summary>The compiled build.</summary>
    AbsolutePath BuildAssemblyFile { get; }

    /// <summary>The directory of the compiled build.</summary>
    AbsolutePath BuildAssemblyDirectory { get; }

    /// <summary>How much the build tells.</summary>
    Verbosity Verbosity { get; }

    /// <summary>What the build runs in.</summary>
    Host Host { get; }

    /// <summary>Whether only the plan was asked for.</summary>
    bool Plan { get; }

    /// <summary>Whether only help was asked for.</summary>
    bool Help { get; }

    /// <summary>Whether the engine's first line is left out.</summary>
    bool NoLogo { get; }

    /// <summary>Whether nobody but a person runs the build.</summary>
    bool IsLocalBuild { get; }

    /// <summary>Whether a build server runs the build.</summary>
    bool IsServerBuild { get; }

    /// <summary>Whether a failed attempt goes on where it stopped.</summary>
    bool Continue { get; }

    /// <summary>The value given for a component's parameter, or null.</summary>
    T? TryGetValue<T>(Expression<Func<T>> parameterExpression)
        where T : class?;

    /// <summary>The value given for a component's parameter, or null.</summary>
    T? TryGetValue<T>(Expression<Func<object?>> parameterExpression);
}
