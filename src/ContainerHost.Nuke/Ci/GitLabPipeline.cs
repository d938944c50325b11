namespace ContainerHost.Targets.Ci;

/// <summary>The pipeline for GitLab CI, whose runners are one's own: GitLab's hosted ones start no virtual machines under KVM.</summary>
internal static class GitLabPipeline
{
    public const string Path = ".gitlab-ci.yml";

    private const string Guest = $"${HostVariables.GuestName}";

    public static string Render(HostJobs jobs) =>
        YamlText.Render(
            HostJobs.Heading,
            new YamlMap
            {
                {
                    "workflow",
                    new YamlMap
                    {
                        {
                            "rules",
                            new[]
                            {
                                new YamlMap { { "if", "$CI_PIPELINE_SOURCE == \"merge_request_event\"" } },
                                new YamlMap { { "if", $"$CI_COMMIT_BRANCH == \"{jobs.Plan.Branch}\"" } },
                                new YamlMap { { "if", "$CI_PIPELINE_SOURCE == \"web\"" } },
                            }
                        },
                    }
                },
                { "host", Job(jobs) },
            }
        );

    private static YamlMap Job(HostJobs jobs) =>
        new()
        {
            { "image", jobs.Plan.Image },
            { "tags", jobs.Plan.RunnerTags },
            { "interruptible", true, "A newer pipeline of the branch cancels this one." },
            { "timeout", $"{jobs.JobMinutes} minutes" },
            {
                "variables",
                new YamlMap
                {
                    { "NUKE_NAME", HostJobs.Host },
                    {
                        "RUNNER_SCRIPT_TIMEOUT",
                        $"{jobs.ScriptMinutes}m",
                        "After these minutes after_script still runs; at the job's own end it would not."
                    },
                    { "RUNNER_AFTER_SCRIPT_TIMEOUT", $"{jobs.CleanUpMinutes}m" },
                }
            },
            {
                "parallel",
                new YamlMap
                {
                    {
                        "matrix",
                        new[]
                        {
                            new YamlMap
                            {
                                { HostVariables.GuestName, jobs.Plan.Guests },
                                { HostVariables.RuntimeName, jobs.Plan.Runtimes },
                                { HostVariables.IsolationName, jobs.Plan.Isolations },
                            },
                        }
                    },
                }
            },
            {
                "cache",
                new YamlMap
                {
                    { "key", $"{HostJobs.CacheKey}-{Guest}", $"{HostJobs.CacheComment}" },
                    { "paths", new[] { $"{HostJobs.Cache}/" } },
                }
            },
            { "script", new[] { jobs.Verify } },
            {
                "after_script",
                new[] { HostJobs.Destroy },
                "Also after a failure and, since GitLab 17.0, a cancellation."
            },
            {
                "artifacts",
                new YamlMap
                {
                    { "name", $"report-{Guest}-${HostVariables.RuntimeName}-${HostVariables.IsolationName}" },
                    { "when", "always" },
                    { "expire_in", $"{jobs.Plan.ReportDays} days" },
                    { "paths", new[] { $"{HostJobs.Reports}/" } },
                    {
                        "reports",
                        new YamlMap { { "junit", $"{HostJobs.Reports}/*/verification.xml" } }
                    },
                }
            },
        };
}
