namespace Nuke.Common.CI.Jenkins;

/// <summary>Jenkins.</summary>
public sealed class Jenkins : Host, IBuildServer;
