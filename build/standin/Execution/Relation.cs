namespace Nuke.Common.Execution;

/// <summary>How a target refers to another one.</summary>
internal enum Relation
{
    DependsOn,
    DependentFor,
    After,
    Before,
    Triggers,
    TriggeredBy,
}
