namespace ContainerHost.Targets.Ci;

/// <summary>A CI system that files are written for.</summary>
public enum CiServer
{
    /// <summary>.github/workflows/lab-hosts.yml.</summary>
    GitHubActions,

    /// <summary>azure-pipelines.yml.</summary>
    AzurePipelines,

    /// <summary>.gitlab-ci.yml.</summary>
    GitLab,
}
