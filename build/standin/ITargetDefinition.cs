namespace Nuke.Common;

/// <summary>The words a target is defined with.</summary>
public interface ITargetDefinition
{
    /// <summary>Says what the target is for.</summary>
    ITargetDefinition Description(string description);

    /// <summary>Adds actions that run in order.</summary>
    ITargetDefinition Executes(params Action[] actions);

    /// <summary>Adds an asynchronous action.</summary>
    ITargetDefinition Executes(Func<Task> action);

    /// <summary>Adds targets that run before this one.</summary>
    ITargetDefinition DependsOn(params Target[] targets);

    /// <summary>Adds targets of a component that run before this one.</summary>
    ITargetDefinition DependsOn<T>(params Func<T, Target>[] targets);

    /// <summary>Adds targets of a component that run before this one, if the build has that component.</summary>
    ITargetDefinition TryDependsOn<T>(params Func<T, Target>[] targets);

    /// <summary>Adds this target to what a component's targets need.</summary>
    ITargetDefinition DependentFor<T>(params Func<T, Target>[] targets);

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

    /// <summary>Names the files this target makes.</summary>
    ITargetDefinition Produces(params string[] artifacts);
}
