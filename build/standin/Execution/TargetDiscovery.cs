using System.Reflection;
using Nuke.Common.ValueInjection;

namespace Nuke.Common.Execution;

/// <summary>Finds the targets of a build and its components, and ties them to each other.</summary>
internal static class TargetDiscovery
{
    private const BindingFlags Declared =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static IReadOnlyList<ExecutableTarget> Find(INukeBuild build)
    {
        var targets = Properties(build.GetType())
            .Select(property => new ExecutableTarget(
                MemberOf.ShortName(property),
                (Target)MemberOf.Get(property, build)!
            ))
            .ToList();
        var definitions = targets.ConvertAll(target => Define(build, target));
        foreach (var (target, definition) in targets.Zip(definitions))
        {
            foreach (var (relation, other) in definition.Relations)
                Tie(target, relation, Find(targets, other, target));
        }
        return targets;
    }

    public static IReadOnlyList<string> Names(Type build) => [.. Properties(build).Select(MemberOf.ShortName)];

    private static List<PropertyInfo> Properties(Type build)
    {
        var found = new Dictionary<string, PropertyInfo>(StringComparer.OrdinalIgnoreCase);
        for (var type = build; type is not null; type = type.BaseType)
        {
            foreach (var property in Targets(type))
                found.TryAdd(MemberOf.ShortName(property), property);
        }
        var own = found.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase);
        // A dot stands in the name of an override; calling the overridden member runs it.
        foreach (var property in build.GetInterfaces().SelectMany(Targets).Where(p => !p.Name.Contains('.')))
        {
            if (!own.Contains(property.Name) && !found.TryAdd(property.Name, property))
            {
                throw new BuildDefinitionException(
                    $"Target '{property.Name}' is defined by both '{found[property.Name].DeclaringType!.Name}' and "
                        + $"'{property.DeclaringType!.Name}'; the build must define it itself."
                );
            }
        }
        return [.. found.Values];
    }

    private static IEnumerable<PropertyInfo> Targets(Type type) =>
        type.GetProperties(Declared).Where(property => property.PropertyType == typeof(Target));

    private static TargetDefinition Define(INukeBuild build, ExecutableTarget target)
    {
        var definition = new TargetDefinition(build, target);
        ((Target)target.Factory)(definition);
        return definition;
    }

    private static ExecutableTarget Find(List<ExecutableTarget> targets, Target wanted, ExecutableTarget by) =>
        targets.Find(target => target.Factory.Equals(wanted))
        ?? throw new BuildDefinitionException(
            $"Target '{by.Name}' refers to something that is no target of the build."
        );

    private static void Tie(ExecutableTarget target, Relation relation, ExecutableTarget other)
    {
        switch (relation)
        {
            case Relation.DependsOn:
                target.ExecutionDependencies.Add(other);
                break;
            case Relation.DependentFor:
                other.ExecutionDependencies.Add(target);
                break;
            case Relation.After:
                target.OrderDependencies.Add(other);
                break;
            case Relation.Before:
                other.OrderDependencies.Add(target);
                break;
            case Relation.Triggers:
                target.Triggers.Add(other);
                other.TriggerDependencies.Add(target);
                break;
            case Relation.TriggeredBy:
                other.Triggers.Add(target);
                target.TriggerDependencies.Add(other);
                break;
        }
    }
}
