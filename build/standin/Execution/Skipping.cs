namespace Nuke.Common.Execution;

/// <summary>Takes targets out of a plan, with those that only they need.</summary>
internal static class Skipping
{
    /// <summary>Skips what the user named; an empty list names every dependency.</summary>
    public static void ByRequest(
        IReadOnlyCollection<ExecutableTarget> plan,
        IReadOnlyCollection<ExecutableTarget> named
    )
    {
        foreach (var target in plan.Where(target => !target.Invoked))
        {
            if (named.Count == 0 || named.Contains(target))
                Skip(plan, target, "by --skip");
        }
    }

    public static void ByStaticConditions(IReadOnlyCollection<ExecutableTarget> plan)
    {
        foreach (var target in plan)
        {
            if (Violated(target.StaticConditions) is { } condition)
                Skip(plan, target, condition);
        }
    }

    /// <summary>The conditions that do not hold, as they stand in the source, or null.</summary>
    public static string? Violated(IEnumerable<(string Text, Func<bool> Holds)> conditions)
    {
        var violated = conditions.Where(condition => !condition.Holds()).Select(condition => condition.Text).ToList();
        return violated.Count == 0 ? null : $"only when {string.Join(" && ", violated)}";
    }

    public static void Skip(IReadOnlyCollection<ExecutableTarget> plan, ExecutableTarget target, string reason)
    {
        if (target.Status != ExecutionStatus.Scheduled)
            return;
        target.Status = ExecutionStatus.Skipped;
        target.Skipped = reason;
        if (target.DependencyBehavior == DependencyBehavior.Execute)
            return;
        foreach (var other in target.ExecutionDependencies.Concat(target.Triggers))
        {
            var isNeeded = other.Invoked || plan.Any(user => Needs(user, other));
            if (!isNeeded)
                Skip(plan, other, $"only {target.Name} needs it");
        }
    }

    private static bool Needs(ExecutableTarget user, ExecutableTarget target) =>
        user.Status == ExecutionStatus.Scheduled
        && (user.ExecutionDependencies.Contains(target) || user.Triggers.Contains(target));
}
