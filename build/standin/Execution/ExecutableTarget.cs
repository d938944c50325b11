using System.Diagnostics;
using System.Linq.Expressions;

namespace Nuke.Common.Execution;

/// <summary>A target of a build with what it needs, and how far it has come.</summary>
public sealed class ExecutableTarget
{
    internal ExecutableTarget(string name, Target factory)
    {
        Name = name;
        Factory = factory;
    }

    /// <summary>The target's name.</summary>
    public string Name { get; }

    /// <summary>The member that defines the target.</summary>
    public Delegate Factory { get; }

    /// <summary>What the target is for.</summary>
    public string? Description { get; internal set; }

    /// <summary>Whether <c>--help</c> shows the target.</summary>
    public bool Listed { get; internal set; } = true;

    /// <summary>Whether the target runs when none is named.</summary>
    public bool IsDefault { get; internal set; }

    /// <summary>Whether the target was asked for.</summary>
    public bool Invoked { get; internal set; }

    /// <summary>How far the target has come.</summary>
    public ExecutionStatus Status { get; internal set; }

    /// <summary>How long it ran.</summary>
    public TimeSpan Duration => Stopwatch.Elapsed;

    /// <summary>Why it was skipped, or null.</summary>
    public string? Skipped { get; internal set; }

    /// <summary>What to do with the dependencies when it is skipped.</summary>
    public DependencyBehavior DependencyBehavior { get; internal set; }

    /// <summary>Whether it runs after another one failed.</summary>
    public bool AssuredAfterFailure { get; internal set; }

    /// <summary>Whether the build goes on when it fails.</summary>
    public bool ProceedAfterFailure { get; internal set; }

    /// <summary>The files it makes.</summary>
    public IReadOnlyList<string> ArtifactProducts { get; internal set; } = [];

    internal Stopwatch Stopwatch { get; } = new();

    internal List<Func<Task>> Actions { get; } = [];

    internal List<(string Text, Func<bool> Holds)> StaticConditions { get; } = [];

    internal List<(string Text, Func<bool> Holds)> DynamicConditions { get; } = [];

    internal List<LambdaExpression> Requirements { get; } = [];

    internal List<ExecutableTarget> ExecutionDependencies { get; } = [];

    internal List<ExecutableTarget> OrderDependencies { get; } = [];

    internal List<ExecutableTarget> TriggerDependencies { get; } = [];

    internal List<ExecutableTarget> Triggers { get; } = [];

    internal IEnumerable<ExecutableTarget> AllDependencies =>
        ExecutionDependencies.Concat(OrderDependencies).Concat(TriggerDependencies);

    /// <inheritdoc />
    public override string ToString() => Name;
}
