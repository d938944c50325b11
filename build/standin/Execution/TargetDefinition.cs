using Nuke.Common.ValueInjection;

namespace Nuke.Common.Execution;

/// <summary>Writes down what a target's definition says.</summary>
internal sealed class TargetDefinition(INukeBuild build, ExecutableTarget target) : ITargetDefinition
{
    public List<Target> Dependencies { get; } = [];

    public List<Target> Dependents { get; } = [];

    public List<Target> Predecessors { get; } = [];

    public List<Target> Successors { get; } = [];

    public ITargetDefinition Description(string description)
    {
        target.Description = description;
        return this;
    }

    public ITargetDefinition Executes(params Action[] actions)
    {
        foreach (var action in actions)
        {
            target.Actions.Add(() =>
            {
                action();
                return Task.CompletedTask;
            });
        }
        return this;
    }

    public ITargetDefinition Executes(Func<Task> action)
    {
        target.Actions.Add(action);
        return this;
    }

    public ITargetDefinition DependsOn(params Target[] targets) => Add(Dependencies, targets);

    public ITargetDefinition DependsOn<T>(params Func<T, Target>[] targets) => Add(Dependencies, targets);

    public ITargetDefinition TryDependsOn<T>(params Func<T, Target>[] targets) => Try(Dependencies, targets);

    public ITargetDefinition DependentFor<T>(params Func<T, Target>[] targets) => Add(Dependents, targets);

    public ITargetDefinition Before(params Target[] targets) => Add(Successors, targets);

    public ITargetDefinition Before<T>(params Func<T, Target>[] targets) => Add(Successors, targets);

    public ITargetDefinition TryBefore<T>(params Func<T, Target>[] targets) => Try(Successors, targets);

    public ITargetDefinition After(params Target[] targets) => Add(Predecessors, targets);

    public ITargetDefinition After<T>(params Func<T, Target>[] targets) => Add(Predecessors, targets);

    public ITargetDefinition TryAfter<T>(params Func<T, Target>[] targets) => Try(Predecessors, targets);

    // Only NUKE's generators of CI configurations read it.
    public ITargetDefinition Produces(params string[] artifacts) => this;

    private TargetDefinition Add(List<Target> list, IEnumerable<Target> targets)
    {
        list.AddRange(targets);
        return this;
    }

    private TargetDefinition Try<T>(List<Target> list, Func<T, Target>[] targets) =>
        build is T ? Add(list, targets) : this;

    private TargetDefinition Add<T>(List<Target> list, Func<T, Target>[] targets)
    {
        if (build is not T component)
        {
            throw new BuildDefinitionException(
                $"Target '{target}' refers to the component '{typeof(T).Name}', which the build does not have."
            );
        }
        if (targets.Length == 0)
            throw new BuildDefinitionException(
                $"Target '{target}' must say which target of '{typeof(T).Name}' it means."
            );
        return Add(list, targets.Select(other => other(component)));
    }
}
