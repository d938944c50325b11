using System.Linq.Expressions;
using System.Runtime.CompilerServices;

namespace Nuke.Common;

/// <summary>The words a target is defined with.</summary>
public interface ITargetDefinition
{
    /// <summary>The name of the target being defined.</summary>
    string Name { get; }

    /// <summary>Says what the target is for.</summary>
    ITargetDefinition Description(string description);

    /// <summary>Adds actions that run in order.</summary>
    ITargetDefinition Executes(params Action[] actions);

    /// <summary>Adds an action whose result is of no interest.</summary>
    ITargetDefinition Executes<T>(Func<T> action);

    /// <summary>Adds an asynchronous action.</summary>
    ITargetDefinition Executes(Func<Task> action);

    /// <summary>Adds targets that run before this one.</summary>
    ITargetDefinition DependsOn(params Target[] targets);

    /// <summary>Adds targets of a component that run before this one.</summary>
    ITargetDefinition DependsOn<T>(params Func<T, Target>[] targets);

    /// <summary>Adds targets of a component that run before this one, if the build has that component.</summary>
    ITargetDefinition TryDependsOn<T>(params Func<T, Target>[] targets);

    /// <summary>Makes this target a dependency of others.</summary>
    ITargetDefinition DependentFor(params Target[] targets);

    /// <summary>Makes this target a dependency of a component's targets.</summary>
    ITargetDefinition DependentFor<T>(params Func<T, Target>[] targets);

    /// <summary>Makes this target a dependency of a component's targets, if the build has that component.</summary>
    ITargetDefinition TryDependentFor<T>(params Func<T, Target>[] targets);

    /// <summary>Skips the target unless the condition holds when its turn comes.</summary>
    ITargetDefinition OnlyWhenDynamic(
        Func<bool> condition,
        [CallerArgumentExpression(nameof(condition))] string? conditionExpression = null
    );

    /// <summary>Skips the target unless the condition holds before anything runs.</summary>
    ITargetDefinition OnlyWhenStatic(
        Func<bool> condition,
        [CallerArgumentExpression(nameof(condition))] string? conditionExpression = null
    );

    /// <summary>Requires parameters to have a value before anything runs.</summary>
    ITargetDefinition Requires<T>(
        Expression<Func<T?>> parameterRequirement,
        params Expression<Func<T?>>[] parameterRequirements
    )
        where T : class;

    /// <summary>Requires parameters to have a value before anything runs.</summary>
    ITargetDefinition Requires<T>(
        Expression<Func<T?>> parameterRequirement,
        params Expression<Func<T?>>[] parameterRequirements
    )
        where T : struct;

    /// <summary>Requires conditions to hold before anything runs.</summary>
    ITargetDefinition Requires(Expression<Func<bool>> requirement, params Expression<Func<bool>>[] requirements);

    /// <summary>Says what happens to the dependencies if this target is skipped.</summary>
    ITargetDefinition WhenSkipped(DependencyBehavior dependencyBehavior);

    /// <summary>Orders this target before others, if both run.</summary>
    ITargetDefinition Before(params Target[] targets);

    /// <summary>Orders this target before a component's targets, if both run.</summary>
    ITargetDefinition Before<T>(params Func<T, Target>[] targets);

    /// <summary>Orders this target before a component's targets, if the build has that component and both run.</summary>
    ITargetDefinition TryBefore<T>(params Func<T, Target>[] targets);

    /// <summary>Orders this target after others, if both run.</summary>
    ITargetDefinition After(params Target[] targets);

    /// <summary>Orders this target after a component's targets, if both run.</summary>
    ITargetDefinition After<T>(params Func<T, Target>[] targets);

    /// <summary>Orders this target after a component's targets, if the build has that component and both run.</summary>
    ITargetDefinition TryAfter<T>(params Func<T, Target>[] targets);

    /// <summary>Adds targets that run after this one.</summary>
    ITargetDefinition Triggers(params Target[] targets);

    /// <summary>Adds targets of a component that run after this one.</summary>
    ITargetDefinition Triggers<T>(params Func<T, Target>[] targets);

    /// <summary>Adds targets of a component that run after this one, if the build has that component.</summary>
    ITargetDefinition TryTriggers<T>(params Func<T, Target>[] targets);

    /// <summary>Makes this target run after others whenever they run.</summary>
    ITargetDefinition TriggeredBy(params Target[] targets);

    /// <summary>Makes this target run after a component's targets whenever they run.</summary>
    ITargetDefinition TriggeredBy<T>(params Func<T, Target>[] targets);

    /// <summary>Makes this target run after a component's targets whenever they run, if the build has that component.</summary>
    ITargetDefinition TryTriggeredBy<T>(params Func<T, Target>[] targets);

    /// <summary>Runs this target even after another one failed.</summary>
    ITargetDefinition AssuredAfterFailure();

    /// <summary>Lets the build go on after this target failed.</summary>
    ITargetDefinition ProceedAfterFailure();

    /// <summary>Keeps the target out of <c>--help</c>.</summary>
    ITargetDefinition Unlisted();

    /// <summary>Names the files this target makes.</summary>
    ITargetDefinition Produces(params string[] artifacts);
}
