using System.Text;

namespace ContainerHost.Targets.Ci;

/// <summary>A file of a CI system, by its path in the repository.</summary>
internal sealed record CiFile(string Path, string Text)
{
    /// <summary>The files of the systems named; the same bytes under every engine and on every platform.</summary>
    public static IReadOnlyList<CiFile> Of(CiPlan plan, IEnumerable<CiServer> servers)
    {
        var jobs = new HostJobs(plan);
        return
        [
            .. servers.Select(server =>
                server switch
                {
                    CiServer.GitHubActions => new CiFile(GitHubWorkflow.Path, GitHubWorkflow.Render(jobs)),
                    CiServer.AzurePipelines => new CiFile(AzurePipeline.Path, AzurePipeline.Render(jobs)),
                    CiServer.GitLab => new CiFile(GitLabPipeline.Path, GitLabPipeline.Render(jobs)),
                    _ => throw new ArgumentOutOfRangeException(nameof(servers), server, "no writer for it"),
                }
            ),
        ];
    }

    /// <summary>True where the repository has it as it would be written; a checkout may have other ends of lines (git's autocrlf).</summary>
    public bool IsIn(string root)
    {
        var path = System.IO.Path.Combine(root, Path);
        return File.Exists(path) && File.ReadAllText(path, Encoding.UTF8).ReplaceLineEndings("\n") == Text;
    }

    /// <summary>True where the repository has a file of the name that this build did not write.</summary>
    public bool IsForeignIn(string root)
    {
        var path = System.IO.Path.Combine(root, Path);
        return File.Exists(path) && !File.ReadAllText(path).StartsWith($"# {HostJobs.Mark}", StringComparison.Ordinal);
    }
}
