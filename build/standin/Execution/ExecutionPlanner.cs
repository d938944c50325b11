using Nuke.Common.ValueInjection;

namespace Nuke.Common.Execution;

/// <summary>Decides which targets run, and in which order.</summary>
internal static class ExecutionPlanner
{
    public static IReadOnlyList<ExecutableTarget> Plan(IEnumerable<ExecutableTarget> invoked)
    {
        var wanted = new List<ExecutableTarget>();
        foreach (var target in invoked)
            Add(target, wanted, [.. wanted]);
        var plan = new List<ExecutableTarget>();
        while (plan.Count < wanted.Count)
        {
            var waiting = wanted.Except(plan).ToList();
            plan.Add(
                waiting.Find(target => Waits(target).All(other => !waiting.Contains(other)))
                    ?? throw new BuildDefinitionException($"Targets wait for each other: {string.Join(", ", waiting)}.")
            );
        }
        return plan;
    }

    /// <summary>The targets of the given names; every unknown name is told at once.</summary>
    public static IReadOnlyList<ExecutableTarget> Named(
        IReadOnlyList<ExecutableTarget> targets,
        IEnumerable<string> names,
        ICollection<string> problems
    )
    {
        var found = new List<ExecutableTarget>();
        foreach (var name in names)
        {
            if (targets.FirstOrDefault(target => KebabCase.Same(target.Name, name)) is { } target)
                found.Add(target);
            else
                problems.Add(
                    $"There is no target '{name}'.{NearestName.Hint(name, targets.Select(target => target.Name))}"
                );
        }
        return found;
    }

    /// <summary>Skips what the user named, with what only that needs; an empty list names every dependency.</summary>
    public static void Skip(IReadOnlyList<ExecutableTarget> plan, IReadOnlyList<ExecutableTarget> named)
    {
        foreach (var target in plan.Where(target => !target.Invoked))
        {
            if (named.Count == 0 || named.Contains(target))
                Skip(plan, target, "by --skip");
        }
    }

    private static void Skip(IReadOnlyList<ExecutableTarget> plan, ExecutableTarget target, string reason)
    {
        if (target.Status != ExecutionStatus.Scheduled)
            return;
        (target.Status, target.Skipped) = (ExecutionStatus.Skipped, reason);
        foreach (var other in target.ExecutionDependencies)
        {
            if (!other.Invoked && !plan.Any(user => Needs(user, other)))
                Skip(plan, other, $"only {target} needs it");
        }
    }

    private static bool Needs(ExecutableTarget user, ExecutableTarget target) =>
        user.Status == ExecutionStatus.Scheduled && user.ExecutionDependencies.Contains(target);

    private static IEnumerable<ExecutableTarget> Waits(ExecutableTarget target) =>
        target.ExecutionDependencies.Concat(target.OrderDependencies);

    // Dependencies first: the order in which a reader would tell the graph.
    private static void Add(ExecutableTarget target, List<ExecutableTarget> wanted, HashSet<ExecutableTarget> seen)
    {
        if (!seen.Add(target))
            return;
        foreach (var dependency in target.ExecutionDependencies)
            Add(dependency, wanted, seen);
        wanted.Add(target);
    }
}
