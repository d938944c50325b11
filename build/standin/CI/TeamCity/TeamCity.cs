namespace Nuke.Common.CI.TeamCity;

/// <summary>TeamCity.</summary>
public sealed class TeamCity : Host, IBuildServer;
