namespace Nuke.Common.CI.GitLab;

/// <summary>GitLab CI/CD.</summary>
public sealed class GitLab : Host, IBuildServer;
