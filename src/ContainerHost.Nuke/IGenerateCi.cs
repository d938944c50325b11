using ContainerHost.Targets.Ci;
using ContainerHost.Targets.Hosting;

namespace ContainerHost.Targets;

/// <summary>The target that writes the files of CI systems, in which the other targets run.</summary>
public interface IGenerateCi : IDescribeHosts
{
    [Parameter(
        "CI systems to write files for: GitHubActions, AzurePipelines, GitLab, separated by commas - default is all"
    )]
    string? CiSystems => TryGetValue(() => CiSystems);

    [Parameter("GenerateCi writes nothing: a file that is another than it would write is an error")]
    bool CiCheck => TryGetValue<bool?>(() => CiCheck) ?? false;

    /// <summary>What the jobs are; a build that wants others declares this itself.</summary>
    CiPlan CiPlan => new();

    Target GenerateCi =>
        _ =>
            _.Of(this, "Writes the files of CI systems, whose jobs make hosts, verify and destroy them")
                .Executes(() => this.WithHostsAsync((_, token) => CiTargets.RunAsync(this, token)));
}
