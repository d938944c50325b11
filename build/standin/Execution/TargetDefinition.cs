using System.Linq.Expressions;
using Nuke.Common.ValueInjection;

namespace Nuke.Common.Execution;

/// <summary>Writes down what a target's definition says.</summary>
internal sealed partial class TargetDefinition(INukeBuild build, ExecutableTarget target) : ITargetDefinition
{
    public string Name => target.Name;

    public List<(Relation Relation, Target Other)> Relations { get; } = [];

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

    public ITargetDefinition Executes<T>(Func<T> action)
    {
        target.Actions.Add(() => action() as Task ?? Task.CompletedTask);
        return this;
    }

    public ITargetDefinition Executes(Func<Task> action)
    {
        target.Actions.Add(action);
        return this;
    }

    public ITargetDefinition OnlyWhenDynamic(Func<bool> condition, string? conditionExpression = null)
    {
        target.DynamicConditions.Add((Condition(conditionExpression), condition));
        return this;
    }

    public ITargetDefinition OnlyWhenStatic(Func<bool> condition, string? conditionExpression = null)
    {
        target.StaticConditions.Add((Condition(conditionExpression), condition));
        return this;
    }

    public ITargetDefinition Requires<T>(
        Expression<Func<T?>> parameterRequirement,
        params Expression<Func<T?>>[] parameterRequirements
    )
        where T : class => Require([parameterRequirement, .. parameterRequirements]);

    public ITargetDefinition Requires<T>(
        Expression<Func<T?>> parameterRequirement,
        params Expression<Func<T?>>[] parameterRequirements
    )
        where T : struct => Require([parameterRequirement, .. parameterRequirements]);

    public ITargetDefinition Requires(
        Expression<Func<bool>> requirement,
        params Expression<Func<bool>>[] requirements
    ) => Require([requirement, .. requirements]);

    public ITargetDefinition WhenSkipped(DependencyBehavior dependencyBehavior)
    {
        target.DependencyBehavior = dependencyBehavior;
        return this;
    }

    public ITargetDefinition AssuredAfterFailure()
    {
        target.AssuredAfterFailure = true;
        return this;
    }

    public ITargetDefinition ProceedAfterFailure()
    {
        target.ProceedAfterFailure = true;
        return this;
    }

    public ITargetDefinition Unlisted()
    {
        target.Listed = false;
        return this;
    }

    public ITargetDefinition Produces(params string[] artifacts)
    {
        target.ArtifactProducts = [.. target.ArtifactProducts, .. artifacts];
        return this;
    }

    private TargetDefinition Require(IEnumerable<LambdaExpression> requirements)
    {
        target.Requirements.AddRange(requirements);
        return this;
    }

    // The compiler hands the source over, "() => X", of which X is what a reader wants.
    private static string Condition(string? expression)
    {
        var text = string.Join(
            ' ',
            (expression ?? "").Split([' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries)
        );
        return text.StartsWith("() => ", StringComparison.Ordinal) ? text["() => ".Length..] : text;
    }
}
