namespace Nuke.Common;

/// <summary>Defines a target: what it does, and what it needs done before.</summary>
public delegate ITargetDefinition Target(ITargetDefinition definition);
