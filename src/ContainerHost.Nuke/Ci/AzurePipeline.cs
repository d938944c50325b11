namespace ContainerHost.Targets.Ci;

/// <summary>The pipeline for Azure Pipelines.</summary>
internal static class AzurePipeline
{
    public const string Path = "azure-pipelines.yml";

    private const string Always = "always()";

    private const string Host =
        $"$({HostVariables.GuestName})-$({HostVariables.RuntimeName})-$({HostVariables.IsolationName})";

    public static string Render(HostJobs jobs) =>
        YamlText.Render(
            HostJobs.Heading,
            new YamlMap
            {
                {
                    "trigger",
                    new YamlMap { { "batch", true }, { "branches", Branches(jobs) } }
                },
                {
                    "pr",
                    new YamlMap { { "autoCancel", true }, { "branches", Branches(jobs) } }
                },
                {
                    "pool",
                    new YamlMap { { "vmImage", jobs.Plan.Machine } }
                },
                {
                    "variables",
                    new YamlMap
                    {
                        { "NUKE_NAME", HostJobs.Host },
                        {
                            "month",
                            "$[format('{0:yyyy-MM}', pipeline.startTime)]",
                            "A cache is never changed here, so that each month begins one from the last."
                        },
                    }
                },
                { "jobs", new[] { Job(jobs) } },
            }
        );

    private static YamlMap Branches(HostJobs jobs) => new() { { "include", new[] { jobs.Plan.Branch } } };

    private static YamlMap Job(HostJobs jobs)
    {
        var matrix = new YamlMap();
        foreach (var host in jobs.Combinations)
            matrix.Add(host.Identifier, host.Variables);
        return new YamlMap
        {
            { "job", "host" },
            { "displayName", "Host" },
            { "timeoutInMinutes", jobs.JobMinutes },
            {
                "cancelTimeoutInMinutes",
                jobs.CleanUpMinutes,
                "How long the steps that run always have after a cancellation and the end of the time."
            },
            {
                "strategy",
                new YamlMap { { "matrix", matrix } }
            },
            { "steps", Steps(jobs) },
        };
    }

    private static IReadOnlyList<YamlMap> Steps(HostJobs jobs) =>
        [
            new YamlMap
            {
                { "checkout", "self" },
                { "persistCredentials", false },
                { "fetchDepth", 1 },
            },
            Task("UseDotNet@2", "The .NET SDK", new YamlMap { { "packageType", "sdk" }, { "useGlobalJson", true } }),
            Script(HostJobs.Prepare, "Let guests run under KVM"),
            Task(
                "Cache@2",
                "Images and packages of earlier runs",
                new YamlMap
                {
                    {
                        "key",
                        $"\"{HostJobs.CacheKey}\" | \"$({HostVariables.GuestName})\" | \"$({HostVariables.RuntimeName})\" | \"$(month)\"",
                        HostJobs.CacheComment
                    },
                    {
                        "restoreKeys",
                        $"\"{HostJobs.CacheKey}\" | \"$({HostVariables.GuestName})\" | \"$({HostVariables.RuntimeName})\"\n"
                            + $"\"{HostJobs.CacheKey}\" | \"$({HostVariables.GuestName})\"\n"
                    },
                    { "path", HostJobs.Cache },
                }
            ),
            Script(jobs.Verify, "Verify").With(new YamlMap { { "timeoutInMinutes", jobs.ScriptMinutes } }),
            Script(HostJobs.Destroy, "Destroy")
                .With(new YamlMap { { "condition", Always }, { "timeoutInMinutes", jobs.CleanUpMinutes } }),
            Task(
                    "PublishTestResults@2",
                    "Show the checks as tests",
                    new YamlMap
                    {
                        { "testResultsFormat", "JUnit" },
                        { "testResultsFiles", $"{HostJobs.Reports}/*/verification.xml" },
                        { "testRunTitle", Host },
                    }
                )
                .With(new YamlMap { { "condition", Always } }),
            Task(
                    "PublishPipelineArtifact@1",
                    "Keep the report",
                    new YamlMap
                    {
                        { "targetPath", HostJobs.Reports },
                        { "artifact", $"report-{Host}-$(System.JobAttempt)" },
                    }
                )
                // There is none where Verify was not reached.
                .With(new YamlMap { { "condition", Always }, { "continueOnError", true } }),
        ];

    private static YamlMap Script(string script, string title) =>
        new() { { "script", script }, { "displayName", title } };

    private static YamlMap Task(string task, string title, YamlMap inputs) =>
        new()
        {
            { "task", task },
            { "displayName", title },
            { "inputs", inputs },
        };
}
