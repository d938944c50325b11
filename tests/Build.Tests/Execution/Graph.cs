using Nuke.Common;
using Nuke.Common.Execution;

namespace Build.Tests.Execution;

/// <summary>Plans builds that are written where a test needs them.</summary>
internal static class Graph
{
    public static IReadOnlyList<ExecutableTarget> Targets(Type build) =>
        TargetDiscovery.Find((INukeBuild)Activator.CreateInstance(build)!);

    public static IReadOnlyList<ExecutableTarget> Plan<T>(params string[] names)
        where T : NukeBuild, new()
    {
        var targets = TargetDiscovery.Find(new T());
        var invoked = ExecutionPlanner.Named(targets, names);
        var plan = ExecutionPlanner.Plan(targets, invoked);
        foreach (var target in invoked)
            target.Invoked = true;
        return plan;
    }

    public static string Order<T>(params string[] names)
        where T : NukeBuild, new() => string.Join(' ', Plan<T>(names));
}
