namespace Nuke.Common;

/// <summary>What happens to the dependencies of a skipped target.</summary>
public enum DependencyBehavior
{
    /// <summary>Those that no other target needs are skipped too.</summary>
    Skip,

    /// <summary>They run all the same.</summary>
    Execute,
}
