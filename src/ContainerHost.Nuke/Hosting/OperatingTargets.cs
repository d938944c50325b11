using ContainerHost.Errors;
using ContainerHost.Hosts;
using ContainerHost.Specification;
using Serilog;

namespace ContainerHost.Targets.Hosting;

/// <summary>What the targets of a host's days do.</summary>
internal sealed class OperatingTargets(IOperateHosts build, BuildRun run)
{
    public Task StartAsync() => TellAsync(nameof(build.Start), (host, token) => host.StartAsync(token));

    public Task StopAsync() => TellAsync(nameof(build.Stop), (host, token) => host.StopAsync(token));

    public Task RestartAsync() => TellAsync(nameof(build.Restart), (host, token) => host.RestartAsync(token));

    public Task AutostartAsync() =>
        TellAsync(
            nameof(build.Autostart),
            (host, token) =>
                build.Off ? host.EndAutostartAsync(token) : host.AutostartAsync(build.RootDirectory / "build.sh", token)
        );

    public Task ForwardAsync() =>
        build.Request["forward"]?.Equals(HostReach.AllPublished, StringComparison.OrdinalIgnoreCase) == true
            ? run.WatchAsync(token =>
            {
                run.CloseProvisioner();
                return run.Hosts.Reach(build.Request.With("forward", null).ReadName()).FollowPortsAsync(token);
            })
            : TellAsync(nameof(build.Forward), (host, token) => host.ForwardAsync(build.Request["forward"], token));

    public Task UnforwardAsync() =>
        TellAsync(nameof(build.Unforward), (host, token) => host.UnforwardAsync(build.Request["forward"], token));

    public Task MountAsync() =>
        TellAsync(nameof(build.Mount), (host, token) => host.MountAsync(build.Request["mount"], token));

    public Task UnmountAsync() =>
        TellAsync(
            nameof(build.Unmount),
            (host, token) => host.UnmountAsync(build.Request["mount"], token),
            build.Request.With("mount", null)
        );

    public Task CheckpointAsync() =>
        RunAsync(
            nameof(build.Checkpoint),
            async (name, host, token) =>
            {
                var made = await host.CheckpointAsync(build.CheckpointName, token);
                Log.Information("'{Host}' is kept as '{Checkpoint}', {What}", name, made.Name, What(made));
                return made;
            }
        );

    public Task ListCheckpointsAsync() =>
        RunAsync(
            nameof(build.Checkpoints),
            async (name, host, token) =>
            {
                var there = await host.ListCheckpointsAsync(token);
                if (there.Count == 0)
                    Log.Information("'{Host}' has no checkpoints", name);
                foreach (var one in there)
                    Log.Information("{Checkpoint}: {At:u}, {What}", one.Name, one.CreatedAt, What(one));
                return there;
            },
            looksOnly: true
        );

    public Task RestoreAsync() =>
        RunAsync(
            nameof(build.Restore),
            async (name, host, token) =>
            {
                var restored = await host.RestoreAsync(build.CheckpointName, token);
                Log.Information(
                    restored.HasMemory
                        ? "'{Host}' goes on as it was at '{Checkpoint}', {At:u}"
                        : "'{Host}' is off, with its disk as it was at '{Checkpoint}', {At:u}; './build.sh Start' starts it",
                    name,
                    restored.Name,
                    restored.CreatedAt
                );
                return restored;
            }
        );

    public Task RemoveCheckpointAsync() =>
        RunAsync(
            nameof(build.RemoveCheckpoint),
            async (name, host, token) =>
            {
                var checkpoint =
                    build.CheckpointName
                    ?? throw new InvalidInputException([
                        "--checkpoint-name must say which one; the target Checkpoints lists them.",
                    ]);
                var removed = await host.RemoveCheckpointAsync(checkpoint, token);
                Log.Information(
                    removed
                        ? "'{Host}' has no checkpoint '{Checkpoint}' any more"
                        : "'{Host}' had no checkpoint '{Checkpoint}'",
                    name,
                    checkpoint
                );
                return new { checkpoint, removed };
            }
        );

    public Task LogsAsync() => build.Follow ? FollowAsync() : ReadLogsAsync();

    private Task ReadLogsAsync() =>
        RunAsync(
            nameof(build.Logs),
            async (_, host, token) =>
            {
                var logs = await host.ReadLogsAsync(build.Log, token);
                if (!build.Json)
                    foreach (var log in logs)
                        Results.Print(
                            (build.Log is null || logs.Count > 1 ? $"== {log.Name}\n" : "")
                                + $"{SafeText.ForLog(log.Text).TrimEnd()}\n"
                        );
                return logs;
            },
            looksOnly: true
        );

    private Task FollowAsync() =>
        run.WatchAsync(async token =>
        {
            if (build.Json)
                throw new InvalidInputException([
                    "--follow prints lines as they come, and --json one document; leave one of them out.",
                ]);
            run.CloseProvisioner();
            using var unread = CancellationTokenSource.CreateLinkedTokenSource(token);
            try
            {
                await run
                    .Hosts.Life(build.Request.ReadName())
                    .FollowLogAsync(
                        build.Log,
                        line =>
                        {
                            if (!Results.TryPrint(SafeText.ForLog(line) + "\n"))
                                unread.Cancel();
                        },
                        unread.Token
                    );
            }
            // As of "| head".
            catch (OperationCanceledException) when (!token.IsCancellationRequested) { }
        });

    public Task ReportAsync() =>
        RunAsync(
            nameof(build.Report),
            async (name, host, token) =>
            {
                var report = host.FindReport();
                if (build.Json)
                    return report;
                var outcome = report.Passed ? "passed" : "FAILED";
                Log.Information("'{Host}' {Outcome:l} its last verification, {At:u}", name, outcome, report.At);
                if (await DesktopProgram.TryOpenAsync(report.Path, token))
                    Log.Information("{Path} is opened", report.Path);
                else
                    Results.Print($"{report.Path}\n{new Uri(report.Path).AbsoluteUri}\n");
                return report;
            },
            looksOnly: true
        );

    public Task ConsoleAsync() =>
        RunAsync(
            nameof(build.Console),
            async (name, host, token) =>
            {
                if (build.Watch)
                    await foreach (var line in host.WatchConsoleAsync(token))
                        Results.Print(SafeText.ForLog(line) + "\n");
                string path = build.ReportsDirectory / name.Value / "console.png";
                var shows = await host.CaptureScreenAsync(path, token);
                Log.Information(
                    shows ? "What '{Host}' shows is in {Path}" : "'{Host}' does not run, or shows nothing yet",
                    name,
                    path
                );
                return new { path = shows ? path : null };
            },
            looksOnly: true,
            isWatch: build.Watch
        );

    // The request without what the target reads by itself, where it takes more than other targets do.
    private Task TellAsync(
        string target,
        Func<HostLife, CancellationToken, Task<string>> work,
        HostRequest? request = null
    ) =>
        RunAsync(
            target,
            async (name, host, token) =>
            {
                var note = await work(host, token);
                Log.Information("{Note}", note);
                return new { name, note };
            },
            request: request
        );

    private Task RunAsync<T>(
        string target,
        Func<HostName, HostLife, CancellationToken, Task<T>> work,
        bool looksOnly = false,
        bool isWatch = false,
        HostRequest? request = null
    )
    {
        return isWatch ? run.WatchAsync(OnceAsync) : run.ExecuteAsync(OnceAsync, looksOnly);

        async Task OnceAsync(CancellationToken token)
        {
            run.CloseProvisioner();
            var name = (request ?? build.Request).ReadName();
            var result = await work(name, run.Hosts.Life(name), token);
            if (build.Json)
                Results.Add(target, result);
        }
    }

    private static string What(CheckpointOverview checkpoint) =>
        checkpoint.HasMemory ? "with its memory" : "its disk alone, since it is off";
}
