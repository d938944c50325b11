using System.Linq.Expressions;
using Nuke.Common.Execution;
using Nuke.Common.IO;
using Nuke.Common.ValueInjection;

namespace Nuke.Common;

/// <summary>The base of a build: its <c>Main</c> returns what <see cref="Execute{T}"/> returns.</summary>
public abstract partial class NukeBuild : INukeBuild
{
    internal ParameterValues? Values { get; set; }

    /// <inheritdoc />
    public IReadOnlyCollection<ExecutableTarget> ExecutionPlan { get; internal set; } = [];

    /// <inheritdoc />
    [Parameter("Targets to run; the default target when none is given", Name = "Target", Separator = "+")]
    public IReadOnlyCollection<ExecutableTarget> InvokedTargets => [.. ExecutionPlan.Where(target => target.Invoked)];

    /// <inheritdoc />
    [Parameter("Targets to skip; every dependency when none is named", Name = "Skip", Separator = "+")]
    public IReadOnlyCollection<ExecutableTarget> SkippedTargets => With(ExecutionStatus.Skipped);

    /// <inheritdoc />
    public IReadOnlyCollection<ExecutableTarget> ScheduledTargets => With(ExecutionStatus.Scheduled);

    /// <inheritdoc />
    public IReadOnlyCollection<ExecutableTarget> RunningTargets => With(ExecutionStatus.Running);

    /// <inheritdoc />
    public IReadOnlyCollection<ExecutableTarget> AbortedTargets => With(ExecutionStatus.Aborted);

    /// <inheritdoc />
    public IReadOnlyCollection<ExecutableTarget> FailedTargets => With(ExecutionStatus.Failed);

    /// <inheritdoc />
    public IReadOnlyCollection<ExecutableTarget> SucceededTargets => With(ExecutionStatus.Succeeded);

    /// <inheritdoc />
    public IReadOnlyCollection<ExecutableTarget> FinishedTargets => [.. FailedTargets, .. SucceededTargets];

    /// <inheritdoc />
    public bool IsFailing =>
        ExecutionPlan.Any(target =>
            target.Status is ExecutionStatus.Failed or ExecutionStatus.Aborted or ExecutionStatus.NotRun
        );

    /// <inheritdoc />
    public bool IsFinished => ScheduledTargets.Count + RunningTargets.Count == 0;

    /// <inheritdoc />
    public int? ExitCode { get; set; }

    /// <inheritdoc />
    [Parameter("Shows the plan and runs nothing")]
    public bool Plan { get; internal set; }

    /// <inheritdoc />
    [Parameter("Shows this help")]
    public bool Help { get; internal set; }

    /// <inheritdoc />
    [Parameter("Leaves the engine's first line out")]
    public bool NoLogo { get; internal set; }

    /// <inheritdoc />
    [Parameter("Goes on with a failed attempt: what it had done is skipped")]
    public bool Continue { get; internal set; }

    [Parameter("Prints the JSON schema of the parameters files", List = false)]
    internal bool GenerateSchema { get; set; }

    AbsolutePath INukeBuild.RootDirectory => RootDirectory;
    AbsolutePath INukeBuild.TemporaryDirectory => TemporaryDirectory;
    AbsolutePath INukeBuild.BuildAssemblyFile => BuildAssemblyFile;
    AbsolutePath INukeBuild.BuildAssemblyDirectory => BuildAssemblyDirectory;
    Verbosity INukeBuild.Verbosity => Verbosity;
    Host INukeBuild.Host => Host;
    bool INukeBuild.IsLocalBuild => IsLocalBuild;
    bool INukeBuild.IsServerBuild => IsServerBuild;

    /// <summary>Runs the build and returns its exit code.</summary>
    protected static int Execute<T>(params Expression<Func<T, Target>>[] defaultTargetExpressions)
        where T : NukeBuild, new() => BuildManager.Execute(defaultTargetExpressions);

    T? INukeBuild.TryGetValue<T>(Expression<Func<T>> parameterExpression)
        where T : class => (T?)Values?.Get(MemberOf.Expression(parameterExpression));

    T? INukeBuild.TryGetValue<T>(Expression<Func<object?>> parameterExpression)
        where T : default => (T?)Values?.Get(MemberOf.Expression(parameterExpression));

    private List<ExecutableTarget> With(ExecutionStatus status) =>
        [.. ExecutionPlan.Where(target => target.Status == status)];
}
