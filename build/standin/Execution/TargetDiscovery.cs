using System.Reflection;
using Nuke.Common.ValueInjection;

namespace Nuke.Common.Execution;

/// <summary>Finds the targets of a build and its components, and ties them to each other.</summary>
internal static class TargetDiscovery
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    public static IReadOnlyList<ExecutableTarget> Find(INukeBuild build)
    {
        var targets = Properties(build.GetType())
            .Select(property => new ExecutableTarget(property.Name, (Target)MemberOf.Get(property, build)!))
            .ToList();
        foreach (var target in targets)
        {
            var definition = new TargetDefinition(build, target);
            target.Factory(definition);
            target.ExecutionDependencies.AddRange(
                definition.Dependencies.Select(other => Find(targets, other, target))
            );
            target.OrderDependencies.AddRange(definition.Predecessors.Select(other => Find(targets, other, target)));
            foreach (var other in definition.Dependents)
                Find(targets, other, target).ExecutionDependencies.Add(target);
            foreach (var other in definition.Successors)
                Find(targets, other, target).OrderDependencies.Add(target);
        }
        return targets;
    }

    // A dot stands in the name of an explicit override; calling the overridden member runs it. A build's own target goes before
    // a component's of the same name.
    private static IEnumerable<PropertyInfo> Properties(Type build) =>
        build
            .GetInterfaces()
            .Prepend(build)
            .SelectMany(type => type.GetProperties(Any))
            .Where(property => property.PropertyType == typeof(Target) && !property.Name.Contains('.'))
            .DistinctBy(property => property.Name, StringComparer.OrdinalIgnoreCase);

    private static ExecutableTarget Find(List<ExecutableTarget> targets, Target wanted, ExecutableTarget by) =>
        targets.Find(target => target.Factory.Equals(wanted))
        ?? throw new BuildDefinitionException($"Target '{by}' refers to something that is no target of the build.");
}
