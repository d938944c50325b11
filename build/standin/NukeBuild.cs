using System.Linq.Expressions;
using Nuke.Common.Execution;
using Nuke.Common.IO;
using Nuke.Common.ValueInjection;

namespace Nuke.Common;

/// <summary>The base of a build: its <c>Main</c> returns what <see cref="Execute{T}"/> returns.</summary>
public abstract class NukeBuild : INukeBuild
{
    /// <summary>The directory that has <c>.nuke</c>.</summary>
    [Parameter("Root directory of the build; the nearest one upwards that has '.nuke' by default", Name = "Root")]
    public static AbsolutePath RootDirectory
    {
        get => field ??= RootFinder.Find(Environment.CurrentDirectory);
        internal set;
    }

    /// <summary>How much the build tells.</summary>
    [Parameter("How much the build tells on its console")]
    public static Verbosity Verbosity { get; set; } = Verbosity.Normal;

    /// <summary>What the build runs in.</summary>
    [Parameter("What the build runs in; found out by default")]
    public static Host Host { get; internal set; } = Host.Terminal;

    /// <inheritdoc />
    [Parameter("Targets to run; the default target when none is given", Name = "Target")]
    public IReadOnlyCollection<ExecutableTarget> InvokedTargets => [.. ExecutionPlan.Where(target => target.Invoked)];

    /// <inheritdoc />
    public int? ExitCode { get; set; }

    AbsolutePath INukeBuild.RootDirectory => RootDirectory;

    internal IReadOnlyList<ExecutableTarget> ExecutionPlan { get; set; } = [];

    internal bool IsFailing =>
        ExecutionPlan.Any(target =>
            target.Status is ExecutionStatus.Failed or ExecutionStatus.Aborted or ExecutionStatus.NotRun
        );

    internal ParameterValues? Values { get; set; }

    // These only declare parameters, which the engine reads before it has a build.
    [Parameter("Targets to skip; every dependency when none is named")]
    internal IReadOnlyCollection<ExecutableTarget> Skip { get; } = [];

    [Parameter("Profiles to load: 'ci' reads '.nuke/parameters.ci.json'")]
    internal IReadOnlyCollection<string> Profile { get; } = [];

    [Parameter("Shows the plan and runs nothing")]
    internal bool Plan { get; }

    [Parameter("Shows this help")]
    internal bool Help { get; }

    [Parameter("Leaves the engine's first line out")]
    internal bool NoLogo { get; }

    [Parameter("Prints the JSON schema of the parameters files", List = false)]
    internal bool GenerateSchema { get; }

    /// <summary>Runs the build and returns its exit code.</summary>
    protected static int Execute<T>(params Expression<Func<T, Target>>[] defaultTargetExpressions)
        where T : NukeBuild, new() => BuildManager.Execute(defaultTargetExpressions);

    T? INukeBuild.TryGetValue<T>(Expression<Func<T>> parameterExpression)
        where T : class => (T?)Values?.Get(MemberOf.Expression(parameterExpression));

    T? INukeBuild.TryGetValue<T>(Expression<Func<object?>> parameterExpression)
        where T : default => (T?)Values?.Get(MemberOf.Expression(parameterExpression));
}
