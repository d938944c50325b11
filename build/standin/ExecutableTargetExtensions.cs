using Nuke.Common.Execution;

namespace Nuke.Common;

/// <summary>Asks collections of targets by the name a build knows them by.</summary>
public static class ExecutableTargetExtensions
{
    /// <summary>Whether the target is among them.</summary>
    public static bool Contains(this IEnumerable<ExecutableTarget> targets, Target target) =>
        targets.Any(executable => executable.Factory.Equals(target));
}
