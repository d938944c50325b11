using Nuke.Common.ValueInjection;

namespace Nuke.Common.Execution;

/// <summary>Decides which targets run, and in which order.</summary>
internal static class ExecutionPlanner
{
    public static IReadOnlyList<ExecutableTarget> Plan(
        IReadOnlyList<ExecutableTarget> targets,
        IReadOnlyList<ExecutableTarget> invoked
    )
    {
        RefuseCycles(targets);
        var wanted = new List<ExecutableTarget>();
        foreach (var target in invoked)
            Add(target, wanted);
        var plan = new List<ExecutableTarget>();
        while (plan.Count < wanted.Count)
            plan.Add(wanted.First(target => !plan.Contains(target) && IsReady(target)));
        return plan;

        bool IsReady(ExecutableTarget target) =>
            target.AllDependencies.All(dependency => !wanted.Contains(dependency) || plan.Contains(dependency));
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

    // Dependencies before, triggered targets after: the order in which a reader would tell the graph.
    private static void Add(
        ExecutableTarget target,
        List<ExecutableTarget> wanted,
        HashSet<ExecutableTarget>? seen = null
    )
    {
        seen ??= [.. wanted];
        if (!seen.Add(target))
            return;
        foreach (var dependency in target.ExecutionDependencies)
            Add(dependency, wanted, seen);
        wanted.Add(target);
        foreach (var triggered in target.Triggers)
            Add(triggered, wanted, seen);
    }

    private static void RefuseCycles(IReadOnlyList<ExecutableTarget> targets)
    {
        var done = new HashSet<ExecutableTarget>();
        var path = new List<ExecutableTarget>();
        foreach (var target in targets)
            Visit(target);

        void Visit(ExecutableTarget target)
        {
            if (path.Contains(target))
            {
                var cycle = path.SkipWhile(step => step != target).Append(target);
                throw new BuildDefinitionException($"The targets form a cycle: {string.Join(" -> ", cycle)}.");
            }
            if (!done.Add(target))
                return;
            path.Add(target);
            foreach (var dependency in target.AllDependencies)
                Visit(dependency);
            path.RemoveAt(path.Count - 1);
        }
    }
}
