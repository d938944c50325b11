using Nuke.Common.ValueInjection;
using Serilog;

namespace Nuke.Common.Execution;

/// <summary>One call of a build for some of its targets: everything is checked first, then the plan is carried out.</summary>
internal sealed class Invocation(NukeBuild build, ParameterValues values, SecretMask mask, BuildOutput output)
{
    private readonly List<string> _problems = [];

    public int Run(IReadOnlyList<ExecutableTarget> targets)
    {
        Plan(targets);
        if (build.Plan)
        {
            output.Writer.Write(mask.Apply(PlanText.Of(build.ExecutionPlan)));
            return 0;
        }
        _problems.AddRange(Requirements.Problems(build.ScheduledTargets, values));
        Refuse();
        if (!build.NoLogo)
            output.Logo();
        using var log = new BuildLog(NukeBuild.TemporaryDirectory, NukeBuild.Verbosity, mask, output.ToStandardError);
        try
        {
            build.OnBuildInitialized();
            Execute(log);
        }
        finally
        {
            build.OnBuildFinished();
            if (NukeBuild.Verbosity < Verbosity.Quiet)
                BuildSummary.Write(build, log.Errors, mask, output.Writer);
        }
        return build.ExitCode ?? (build.IsFailing ? 1 : 0);
    }

    private void Plan(IReadOnlyList<ExecutableTarget> targets)
    {
        _problems.AddRange(values.Problems());
        var named = ExecutionPlanner.Named(targets, values.Targets, _problems);
        var skipped = values.Skipped is { } names ? ExecutionPlanner.Named(targets, names, _problems) : null;
        NukeBuild.Host = FindHost();
        Refuse();
        BindEngine();
        build.Values = values;
        values.Inject(build);
        build.OnBuildCreated();

        var invoked = named.Count > 0 ? named : [.. targets.Where(target => target.IsDefault)];
        if (invoked.Count == 0)
            throw new InputException("No target is named, and the build has no default target.");
        foreach (var target in invoked)
            target.Invoked = true;
        build.ExecutionPlan = ExecutionPlanner.Plan(targets, invoked);
        foreach (var target in build.ExecutionPlan)
            target.Status = ExecutionStatus.Scheduled;
        if (skipped is not null)
            Skipping.ByRequest(build.ExecutionPlan, skipped);
        Skipping.ByStaticConditions(build.ExecutionPlan);
    }

    private void Execute(BuildLog log)
    {
        var invocation = AttemptFile.Invocation(build.InvokedTargets, values, mask);
        var attempt = new AttemptFile(NukeBuild.TemporaryDirectory, invocation);
        var done = build.Continue ? attempt.Read() : [];
        if (done is null)
            Log.Warning("There is no failed attempt of this invocation to continue; starting from the beginning.");
        attempt.Start(done ?? []);
        new BuildExecutor(build, log, attempt, output).Run(done ?? []);
        if (!build.IsFailing)
            attempt.Delete();
    }

    private void BindEngine()
    {
        NukeBuild.Verbosity = values.Get(nameof(NukeBuild.Verbosity), Verbosity.Normal);
        build.Plan = values.IsOn(nameof(NukeBuild.Plan));
        build.NoLogo = values.IsOn(nameof(NukeBuild.NoLogo));
        build.Continue = values.IsOn(nameof(NukeBuild.Continue));
    }

    private Host FindHost()
    {
        if (values.Find("Host")?.Texts.FirstOrDefault("") is not { } name)
            return Host.Detect(EnvironmentValues.OfProcess());
        if (Host.Parse(name) is { } host)
            return host;
        _problems.Add($"There is no host '{name}'; it is one of {string.Join(", ", Host.Names)}.");
        return new Terminal();
    }

    private void Refuse()
    {
        if (_problems.Count > 0)
            throw new InputException(_problems);
    }
}
