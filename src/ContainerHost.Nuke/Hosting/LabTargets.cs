using System.Globalization;
using ContainerHost.Errors;
using ContainerHost.Hosts;
using ContainerHost.Labs;
using Serilog;

namespace ContainerHost.Targets.Hosting;

/// <summary>What the targets of labs do.</summary>
internal sealed class LabTargets(IRunLabs build, BuildRun run)
{
    private const int Most = 64;

    public Task PlanAsync() =>
        RunAsync(
            nameof(build.LabPlan),
            async (lab, token) =>
            {
                var plan = await lab.PlanAsync(token);
                foreach (var step in plan)
                    Log.Information(
                        "{Sign:l} {Host}: {Action}{Why:l}",
                        Sign(step.Action),
                        step.Name,
                        step.Action,
                        Words(step.Why)
                    );
                return plan;
            },
            looksOnly: true
        );

    public Task UpAsync() =>
        RunAsync(
            nameof(build.LabUp),
            async (lab, token) =>
            {
                var outcomes = await lab.UpAsync(build.Recreate, build.InstallPrereqs, ReadParallel(), token);
                foreach (var one in outcomes)
                    Log.Information(
                        "{Host}: {Action}, {Result:l} ({Seconds:0} s)",
                        one.Name,
                        one.Action,
                        one.Problem?.Split('\n')[0] ?? "done",
                        one.DurationMs / 1000.0
                    );
                return outcomes;
            },
            Failed
        );

    public Task VerifyAsync() =>
        RunAsync(
            nameof(build.LabVerify),
            async (lab, token) =>
            {
                var report = await lab.VerifyAsync(ReadParallel(), token);
                Log.Information(
                    "{Passed} of {Count} hosts of '{Lab}' passed; the report is in {Html}",
                    report.Hosts.Count(host => host.Passed),
                    report.Hosts.Count,
                    report.Lab,
                    report.Html
                );
                return report;
            },
            report => report.Hosts.Where(host => !host.Passed).Select(host => $"{host.Host}: {host.Problem}")
        );

    public Task StatusAsync() =>
        RunAsync(
            nameof(build.LabStatus),
            async (lab, token) =>
            {
                var hosts = await lab.StatusAsync(token);
                if (hosts.Count == 0)
                    Log.Information("There are no hosts of the lab");
                else if (!build.Json)
                    Results.Print(
                        HostTable.Render(hosts, DateTimeOffset.UtcNow, TerminalWidth.Of(Console.IsOutputRedirected))
                            + "\n"
                    );
                return hosts;
            },
            looksOnly: true
        );

    public Task DownAsync() =>
        RunAsync(
            nameof(build.LabDown),
            async (lab, token) =>
            {
                var outcomes = await lab.DownAsync(token);
                if (outcomes.Count == 0)
                    Log.Information("There are no hosts of the lab; nothing to remove");
                return outcomes;
            },
            Failed
        );

    private static IEnumerable<string> Failed(IReadOnlyList<LabOutcome> outcomes) =>
        outcomes.Where(one => !one.Succeeded).Select(one => $"{one.Name}: {one.Problem}");

    private Task RunAsync<T>(
        string target,
        Func<HostLab, CancellationToken, Task<T>> work,
        Func<T, IEnumerable<string>>? failures = null,
        bool looksOnly = false
    ) =>
        run.ExecuteAsync(
            async token =>
            {
                run.CloseProvisioner();
                var result = await work(run.Hosts.Lab(Path.GetFullPath(build.Lab ?? "lab.yaml"), build.Request), token);
                if (build.Json)
                    Results.Add(target, result);
                if (failures?.Invoke(result).ToList() is { Count: > 0 } failed)
                    throw new ContainerHostException(
                        "work on every host of the lab",
                        string.Join('\n', failed),
                        "mend what is named and run the target again: hosts that are done are left as they are."
                    );
            },
            looksOnly,
            concernsHost: false
        );

    private int ReadParallel() =>
        build.Parallel is not { } text ? Environment.ProcessorCount
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        && count is >= 1 and <= Most
            ? count
        : throw new InvalidInputException([$"--parallel '{text}' is not a number from 1 to {Most}."]);

    private static string Words(IReadOnlyList<string> why) => why.Count == 0 ? "" : $" ({string.Join("; ", why)})";

    private static string Sign(LabAction action) =>
        action switch
        {
            LabAction.Create => "+",
            LabAction.Change => "~",
            LabAction.Replace => "±",
            LabAction.Remove => "-",
            _ => "=",
        };
}
