using ContainerHost.Errors;
using ContainerHost.Hosts;
using ContainerHost.Hosts.Pruning;
using ContainerHost.Specification;
using ContainerHost.Targets.Display;
using Serilog;

namespace ContainerHost.Targets.Hosting;

/// <summary>What the targets that look after hosts do.</summary>
internal sealed class ManagementTargets(IManageHosts build, BuildRun run)
{
    public Task StatusAsync() => build.Watch ? WatchAsync() : ListAsync();

    private Task ListAsync() =>
        run.ExecuteAsync(
            async token =>
            {
                var hosts = await run.Hosts.ListAsync(token);
                if (build.Json)
                    Results.Add(nameof(build.Status), hosts);
                else
                    Print(hosts);
            },
            looksOnly: true
        );

    private Task WatchAsync() =>
        run.WatchAsync(token =>
        {
            if (build.Json)
                throw new InvalidInputException([
                    "--watch prints tables as things change, and --json one document; leave one of them out.",
                ]);
            return new HostsWatch(run.Hosts.ListAsync, TryDraw, PrintDrawn, TimeProvider.System).RunAsync(token);
        });

    private bool TryDraw(IReadOnlyList<HostOverview> hosts) =>
        !Console.IsOutputRedirected && run.TryShow(canvas => HostsView.Lines(hosts, run.Hosts.Directory, canvas));

    // Below what is printed nothing is to be drawn any more.
    private void PrintDrawn(IReadOnlyList<HostOverview> hosts)
    {
        run.TryShow(null);
        Print(hosts);
    }

    private void Print(IReadOnlyList<HostOverview> hosts)
    {
        if (hosts.Count == 0)
        {
            Log.Information("There are no hosts in {Folder}; './build.sh CreateVm' makes one", run.Hosts.Directory);
            return;
        }
        Log.Information("Hosts in {Folder}:", run.Hosts.Directory);
        var width = TerminalWidth.Of(Console.IsOutputRedirected);
        Results.Print(HostTable.Render(hosts, DateTimeOffset.UtcNow, width) + "\n");
    }

    public Task SpecAsync() =>
        run.ExecuteAsync(
            _ =>
            {
                var spec = run.Hosts.Describe(build.Request);
                if (build.Json)
                    Results.Add(nameof(build.Spec), spec.Parameters);
                else
                    Results.Print(spec.ToYaml());
                return Task.CompletedTask;
            },
            looksOnly: true
        );

    public Task ShellAsync(string? command) =>
        run.ExecuteAsync(async token =>
        {
            var shell = run.Hosts.Shell(ReadName());
            if (command is null)
            {
                build.ExitCode = await shell.OpenAsync(token);
                return;
            }
            Results.Hand(build, nameof(build.Shell), await shell.RunAsync(command, token));
        });

    public Task DiagnoseAsync() =>
        run.ExecuteAsync(
            async token =>
            {
                string path = build.ReportsDirectory / "diagnosis.zip";
                // Nothing is made, so no terms need to be accepted.
                var request = build.Request.TermsToAccept is null
                    ? build.Request
                    : build.Request.With("accept-license", "yes");
                var files = await run.Hosts.DiagnoseAsync(request, path, token);
                Log.Information(
                    "{Path} has {Files}; look into it before you attach it",
                    path,
                    string.Join(", ", files)
                );
                if (build.Json)
                    Results.Add(nameof(build.Diagnose), new { path, files });
            },
            looksOnly: true
        );

    public Task DestroyAsync() =>
        run.ExecuteAsync(async token =>
        {
            run.CloseProvisioner();
            var name = ReadName();
            var was = await run.Hosts.RemoveAsync(name, token);
            Log.Information(was ? "'{Host}' is removed" : "There is no host '{Host}'; nothing to remove", name);
            if (build.Json)
                Results.Add(nameof(build.Destroy), new { name, removed = was });
        });

    public Task PruneAsync() =>
        run.ExecuteAsync(
            async token =>
            {
                var report = await run.Hosts.PruneAsync(build.Force, token);
                foreach (var line in PruneText.Of(report))
                    Log.Information("{Line}", line);
                if (!report.Removed && report.Items.Count > 0)
                    Log.Information("Nothing is removed yet; --force does that");
                if (build.Json)
                    Results.Add(nameof(build.Prune), report);
            },
            looksOnly: true
        );

    private HostName ReadName() => build.Request.ReadName();
}
