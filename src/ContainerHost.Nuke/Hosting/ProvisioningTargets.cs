using ContainerHost.Errors;
using ContainerHost.Hosts;
using ContainerHost.Prerequisites;
using Serilog;

namespace ContainerHost.Targets.Hosting;

/// <summary>What the targets on the way to a verified host do, each a few lines around the library.</summary>
internal sealed class ProvisioningTargets(IProvisionHost build, BuildRun run)
{
    public Task CheckPrereqsAsync() =>
        RunAsync(
            async (provisioner, token) =>
            {
                var report = await provisioner.CheckPrereqsAsync(build.InstallPrereqs, token);
                var width = TerminalWidth.Of(build.Json ? Console.IsErrorRedirected : Console.IsOutputRedirected);
                Log.Information(
                    "What this machine has of what the host needs:\n{Table}",
                    PrerequisiteTable.Render(report, width)
                );
                if (build.InvokedTargets.Contains(build.CheckPrereqs))
                    Tell(nameof(build.CheckPrereqs), report.Rows);
                if (!report.Passed)
                    throw report.ToException();
            }
        );

    public Task DownloadIsoAsync() =>
        StepAsync(
            nameof(build.DownloadIso),
            build.DownloadIso,
            (provisioner, token) => provisioner.DownloadIsoAsync(token)
        );

    public Task CreateVmAsync() =>
        StepAsync(nameof(build.CreateVm), build.CreateVm, (provisioner, token) => provisioner.CreateVmAsync(token));

    public Task ResizeAsync() =>
        build.Recreate
            ? run.ExecuteAsync(_ =>
                throw new InvalidInputException(["--recreate is not for Resize, which keeps the host."])
            )
            : StepAsync(nameof(build.Resize), build.Resize, (provisioner, token) => provisioner.ResizeAsync(token));

    public Task EnableNestedAsync() =>
        StepAsync(
            nameof(build.EnableNested),
            build.EnableNested,
            (provisioner, token) => provisioner.EnableNestedAsync(token)
        );

    public Task InstallContainersAsync() =>
        StepAsync(
            nameof(build.InstallContainers),
            build.InstallContainers,
            (provisioner, token) => provisioner.InstallContainersAsync(token)
        );

    // On its own it would remove the host, and make none.
    public Task ProvisionAsync() =>
        build.Recreate && build.InvokedTargets.Count == 1 && build.InvokedTargets.Contains(build.Provision)
            ? run.ExecuteAsync(_ =>
                throw new InvalidInputException([
                    "--recreate is not for Provision, which needs a host; 'Verify --recreate' makes it anew and provisions it.",
                ])
            )
            : StepAsync(
                nameof(build.Provision),
                build.Provision,
                (provisioner, token) => provisioner.ProvisionAsync(build.Force, token)
            );

    public Task VerifyAsync() =>
        RunAsync(
            async (provisioner, token) =>
            {
                var outcome = await provisioner.VerifyAsync(token);
                var report = await build.TellAsync(nameof(build.Verify), outcome, token);
                if (report.NotAsked is { } left)
                    Log.Information(
                        "'{Host}' passed {Count} checks; not asked for: {Left:l} ('--checks All' runs all)",
                        report.Host,
                        report.Checks.Count,
                        string.Join(", ", left)
                    );
                else
                    Log.Information(
                        "'{Host}' is a verified container host: {Count} checks passed",
                        report.Host,
                        report.Checks.Count
                    );
            }
        );

    private Task StepAsync(string name, Target target, Func<Provisioner, CancellationToken, Task<StepOutcome>> step) =>
        RunAsync(
            async (provisioner, token) =>
            {
                var outcome = await step(provisioner, token);
                if (build.InvokedTargets.Contains(target))
                    Tell(name, outcome);
            }
        );

    private Task RunAsync(Func<Provisioner, CancellationToken, Task> work) =>
        run.ExecuteAsync(async token => await work(await run.ProvisionerAsync(build.Recreate, token), token));

    private void Tell<T>(string target, T result)
    {
        if (build.Json)
            Results.Add(target, result);
    }
}
