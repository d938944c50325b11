using Nuke.Common.ValueInjection;

namespace Nuke.Common.Execution;

internal sealed partial class TargetDefinition
{
    public ITargetDefinition DependsOn(params Target[] targets) => Relate(Relation.DependsOn, targets);

    public ITargetDefinition DependsOn<T>(params Func<T, Target>[] targets) => Relate(Relation.DependsOn, targets);

    public ITargetDefinition TryDependsOn<T>(params Func<T, Target>[] targets) => Try(Relation.DependsOn, targets);

    public ITargetDefinition DependentFor(params Target[] targets) => Relate(Relation.DependentFor, targets);

    public ITargetDefinition DependentFor<T>(params Func<T, Target>[] targets) =>
        Relate(Relation.DependentFor, targets);

    public ITargetDefinition TryDependentFor<T>(params Func<T, Target>[] targets) =>
        Try(Relation.DependentFor, targets);

    public ITargetDefinition Before(params Target[] targets) => Relate(Relation.Before, targets);

    public ITargetDefinition Before<T>(params Func<T, Target>[] targets) => Relate(Relation.Before, targets);

    public ITargetDefinition TryBefore<T>(params Func<T, Target>[] targets) => Try(Relation.Before, targets);

    public ITargetDefinition After(params Target[] targets) => Relate(Relation.After, targets);

    public ITargetDefinition After<T>(params Func<T, Target>[] targets) => Relate(Relation.After, targets);

    public ITargetDefinition TryAfter<T>(params Func<T, Target>[] targets) => Try(Relation.After, targets);

    public ITargetDefinition Triggers(params Target[] targets) => Relate(Relation.Triggers, targets);

    public ITargetDefinition Triggers<T>(params Func<T, Target>[] targets) => Relate(Relation.Triggers, targets);

    public ITargetDefinition TryTriggers<T>(params Func<T, Target>[] targets) => Try(Relation.Triggers, targets);

    public ITargetDefinition TriggeredBy(params Target[] targets) => Relate(Relation.TriggeredBy, targets);

    public ITargetDefinition TriggeredBy<T>(params Func<T, Target>[] targets) => Relate(Relation.TriggeredBy, targets);

    public ITargetDefinition TryTriggeredBy<T>(params Func<T, Target>[] targets) => Try(Relation.TriggeredBy, targets);

    private TargetDefinition Relate(Relation relation, IEnumerable<Target> targets)
    {
        Relations.AddRange(targets.Select(other => (relation, other)));
        return this;
    }

    private TargetDefinition Try<T>(Relation relation, Func<T, Target>[] targets) =>
        build is T ? Relate(relation, targets) : this;

    private TargetDefinition Relate<T>(Relation relation, Func<T, Target>[] targets)
    {
        if (build is not T component)
        {
            throw new BuildDefinitionException(
                $"Target '{Name}' refers to the component '{typeof(T).Name}', which the build does not have."
            );
        }
        return Relate(
            relation,
            targets.Length > 0 ? targets.Select(other => other(component)) : [OnlyTarget(component)]
        );
    }

    // A component of one target may be named instead of it.
    private Target OnlyTarget<T>(T component)
    {
        var targets = typeof(T).GetProperties().Where(property => property.PropertyType == typeof(Target)).ToList();
        return targets.Count == 1
            ? (Target)MemberOf.Get(targets[0], component)!
            : throw new BuildDefinitionException(
                $"Target '{Name}' must say which of the {targets.Count} targets of '{typeof(T).Name}' it means."
            );
    }
}
