namespace Nuke.Common;

/// <summary>Somebody's terminal, or a server nobody knows.</summary>
public sealed class Terminal : Host;
