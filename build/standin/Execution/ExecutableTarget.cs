using System.Diagnostics;

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
    internal Target Factory { get; }

    internal string? Description { get; set; }

    /// <summary>Whether the target runs when none is named.</summary>
    internal bool IsDefault { get; set; }

    /// <summary>Whether the target was asked for.</summary>
    internal bool Invoked { get; set; }

    internal ExecutionStatus Status { get; set; }

    /// <summary>Why it was skipped or did not run, or null.</summary>
    internal string? Skipped { get; set; }

    internal Stopwatch Stopwatch { get; } = new();

    internal List<Func<Task>> Actions { get; } = [];

    internal List<ExecutableTarget> ExecutionDependencies { get; } = [];

    internal List<ExecutableTarget> OrderDependencies { get; } = [];

    /// <inheritdoc />
    public override string ToString() => Name;
}
