using System.Linq.Expressions;
using Nuke.Common.Execution;
using Nuke.Common.IO;

namespace Nuke.Common;

/// <summary>A build, as its components see it.</summary>
public interface INukeBuild
{
    /// <summary>The targets that were asked for.</summary>
    IReadOnlyCollection<ExecutableTarget> InvokedTargets { get; }

    /// <summary>The exit code of the process; null for 0 or 1 by the build's outcome.</summary>
    int? ExitCode { get; set; }

    /// <summary>The directory that has <c>.nuke</c>.</summary>
    AbsolutePath RootDirectory { get; }

    /// <summary>The value given for a component's parameter, or null.</summary>
    T? TryGetValue<T>(Expression<Func<T>> parameterExpression)
        where T : class?;

    /// <summary>The value given for a component's parameter, or null.</summary>
    T? TryGetValue<T>(Expression<Func<object?>> parameterExpression);
}
