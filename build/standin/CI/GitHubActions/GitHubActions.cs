namespace Nuke.Common.CI.GitHubActions;

/// <summary>GitHub Actions.</summary>
public sealed class GitHubActions : Host, IBuildServer;
