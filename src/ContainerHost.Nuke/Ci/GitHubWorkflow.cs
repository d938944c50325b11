namespace ContainerHost.Targets.Ci;

/// <summary>The workflow for GitHub Actions.</summary>
internal static class GitHubWorkflow
{
    public const string Path = ".github/workflows/lab-hosts.yml";

    private const string Guest = "${{ matrix.guest }}";
    private const string Runtime = "${{ matrix.runtime }}";
    private const string Isolation = "${{ matrix.isolation }}";
    private const string Month = "${{ steps.month.outputs.month }}";

    public static string Render(HostJobs jobs) =>
        YamlText.Render(
            HostJobs.Heading,
            new YamlMap
            {
                { "name", "Lab hosts" },
                {
                    "on",
                    new YamlMap
                    {
                        {
                            "push",
                            new YamlMap { { "branches", new[] { jobs.Plan.Branch } } }
                        },
                        {
                            "pull_request",
                            new YamlMap { { "branches", new[] { jobs.Plan.Branch } } }
                        },
                        { "workflow_dispatch", new YamlMap() },
                    }
                },
                {
                    "permissions",
                    new YamlMap { { "contents", "read" } }
                },
                {
                    "concurrency",
                    new YamlMap
                    {
                        { "group", "${{ github.workflow }}-${{ github.ref }}" },
                        { "cancel-in-progress", true },
                    }
                },
                {
                    "jobs",
                    new YamlMap { { "host", Job(jobs) } }
                },
            }
        );

    private static YamlMap Job(HostJobs jobs) =>
        new()
        {
            { "name", $"{Guest}, {Runtime}, {Isolation}" },
            { "runs-on", jobs.Plan.Machine },
            { "timeout-minutes", jobs.JobMinutes },
            {
                "strategy",
                new YamlMap
                {
                    { "fail-fast", false },
                    {
                        "matrix",
                        new YamlMap
                        {
                            { "guest", jobs.Plan.Guests },
                            { "runtime", jobs.Plan.Runtimes },
                            { "isolation", jobs.Plan.Isolations },
                        }
                    },
                }
            },
            {
                "env",
                new YamlMap { { "NUKE_NAME", HostJobs.Host } }.With(
                    new HostVariables(Guest, Runtime, Isolation).Variables
                )
            },
            { "steps", Steps(jobs) },
        };

    private static IReadOnlyList<YamlMap> Steps(HostJobs jobs) =>
        [
            PinnedActions.Step("actions/checkout", new YamlMap { { "persist-credentials", false } }),
            PinnedActions.Step("actions/setup-dotnet", new YamlMap { { "global-json-file", "global.json" } }),
            new YamlMap { { "name", "Let guests run under KVM" }, { "run", HostJobs.Prepare } },
            new YamlMap
            {
                { "name", "Month" },
                { "id", "month" },
                {
                    "run",
                    "echo \"month=$(date -u +%Y-%m)\" >>\"$GITHUB_OUTPUT\"",
                    "A cache is never changed here, so that each month begins one from the last."
                },
            },
            PinnedActions.Step(
                "actions/cache",
                new YamlMap
                {
                    { "path", HostJobs.Cache },
                    { "key", $"{HostJobs.CacheKey}-{Guest}-{Runtime}-{Month}", HostJobs.CacheComment },
                    { "restore-keys", $"{HostJobs.CacheKey}-{Guest}-{Runtime}-\n{HostJobs.CacheKey}-{Guest}-\n" },
                },
                "Images and packages of earlier runs"
            ),
            new YamlMap
            {
                { "name", "Verify" },
                { "timeout-minutes", jobs.ScriptMinutes },
                { "run", jobs.Verify },
            },
            new YamlMap
            {
                { "name", "Destroy" },
                { "if", "always()", "Also after a failure, a cancellation and the end of the time." },
                { "timeout-minutes", jobs.CleanUpMinutes },
                { "run", HostJobs.Destroy },
            },
            PinnedActions.Step(
                "actions/upload-artifact",
                new YamlMap
                {
                    { "name", $"report-{Guest}-{Runtime}-{Isolation}" },
                    { "path", HostJobs.Reports },
                    { "if-no-files-found", "warn" },
                    { "retention-days", jobs.Plan.ReportDays },
                },
                "Keep the report",
                "always()"
            ),
        ];
}
