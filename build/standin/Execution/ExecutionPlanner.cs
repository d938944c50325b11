using Nuke.Common.ValueInjection;

namespace Nuke.Common.Execution;

/// <summary>Decides which targets run, and in which order.</summary>
internal static class ExecutionPlanner
{
    /// <summary>NUKE's order: of those that nothing left waits for, the first that the build declares goes last.</summary>
    public static IReadOnlyList<ExecutableTarget> Plan(
        IReadOnlyList<ExecutableTarget> targets,
        IReadOnlyList<ExecutableTarget> wanted
    )
    {
        var left = targets.ToList();
        var plan = new List<ExecutableTarget>();
        while (left.Count > 0)
        {
            var last =
                left.Find(target => !left.Exists(other => Waits(other).Contains(target)))
                ?? throw new BuildDefinitionException($"Targets wait for each other: {string.Join(", ", left)}.");
            left.Remove(last);
            if (wanted.Contains(last) || plan.Exists(user => user.ExecutionDependencies.Contains(last)))
                plan.Add(last);
        }
        plan.Reverse();
        return plan;
    }

    /// <summary>The targets of the given names.</summary>
    public static IReadOnlyList<ExecutableTarget> Named(
        IReadOnlyList<ExecutableTarget> targets,
        IEnumerable<string> names
    ) =>
        [
            .. names.Select(name =>
                targets.FirstOrDefault(target => KebabCase.Same(target.Name, name))
                ?? throw new InputException(
                    $"Target with name '{name}' does not exist. Available targets are: {string.Join(", ", targets)}."
                )
            ),
        ];

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
}
