using Nuke.Common.ValueInjection;

namespace Nuke.Common.Execution;

/// <summary>One call of a build for some of its targets: everything is checked first, then the plan is carried out.</summary>
internal sealed class Invocation(NukeBuild build, ParameterValues values)
{
    public int Run(IReadOnlyList<ExecutableTarget> targets)
    {
        Plan(targets);
        if (values.IsOn(nameof(NukeBuild.Plan)))
        {
            Console.Out.Write(PlanText.Of(build.ExecutionPlan));
            return 0;
        }
        if (!values.IsOn(nameof(NukeBuild.NoLogo)))
            BuildOutput.Logo();
        var temporary = NukeBuild.RootDirectory / ".nuke" / "temp";
        using var log = new BuildLog(temporary, NukeBuild.Verbosity);
        try
        {
            new BuildExecutor(build.ExecutionPlan, log).Run();
        }
        finally
        {
            if (NukeBuild.Verbosity < Verbosity.Quiet)
                BuildSummary.Write(build);
        }
        return build.ExitCode ?? (build.IsFailing ? BuildManager.Failed : 0);
    }

    private void Plan(IReadOnlyList<ExecutableTarget> targets)
    {
        var named = ExecutionPlanner.Named(targets, values.Targets);
        var skipped = values.Skipped is { } names ? ExecutionPlanner.Named(targets, names) : null;
        NukeBuild.Host = FindHost();
        NukeBuild.Verbosity = (Verbosity?)values.Get(nameof(NukeBuild.Verbosity)) ?? Verbosity.Normal;
        foreach (var target in named)
            target.Invoked = true;
        // NUKE does not count the default target among those that were asked for.
        IReadOnlyList<ExecutableTarget> wanted =
            named.Count > 0 ? named : [.. targets.Where(target => target.IsDefault)];
        if (wanted.Count == 0)
            throw new InputException("No target is named, and the build has no default target.");
        build.ExecutionPlan = ExecutionPlanner.Plan(targets, wanted);
        if (skipped is not null)
            ExecutionPlanner.Skip(build.ExecutionPlan, skipped);
    }

    private Host FindHost()
    {
        if (values.Find(nameof(NukeBuild.Host))?.Texts.FirstOrDefault("") is not { } name)
            return Host.Detect(EnvironmentValues.OfProcess());
        return Host.Parse(name)
            ?? throw new InputException($"There is no host '{name}'; it is one of {string.Join(", ", Host.Names)}.");
    }
}
