using Nuke.Common.ValueInjection;

namespace Nuke.Common.Execution;

/// <summary>One call of a build for some of its targets: everything is checked first, then the plan is carried out.</summary>
internal sealed class Invocation(NukeBuild build, ParameterValues values, SecretMask mask, BuildOutput output)
{
    private readonly List<string> _problems = [];

    public int Run(IReadOnlyList<ExecutableTarget> targets)
    {
        Plan(targets);
        if (values.IsOn(nameof(NukeBuild.Plan)))
        {
            output.Writer.Write(mask.Apply(PlanText.Of(build.ExecutionPlan)));
            return 0;
        }
        if (!values.IsOn(nameof(NukeBuild.NoLogo)))
            output.Logo();
        var temporary = NukeBuild.RootDirectory / ".nuke" / "temp";
        using var log = new BuildLog(temporary, NukeBuild.Verbosity, mask, output.ToStandardError);
        try
        {
            new BuildExecutor(build.ExecutionPlan, log, output).Run();
        }
        finally
        {
            if (NukeBuild.Verbosity < Verbosity.Quiet)
                BuildSummary.Write(build, mask, output.Writer);
        }
        return build.ExitCode ?? (build.IsFailing ? 1 : 0);
    }

    private void Plan(IReadOnlyList<ExecutableTarget> targets)
    {
        _problems.AddRange(values.Problems());
        var named = ExecutionPlanner.Named(targets, values.Targets, _problems);
        var skipped = values.Skipped is { } names ? ExecutionPlanner.Named(targets, names, _problems) : null;
        NukeBuild.Host = FindHost();
        if (_problems.Count > 0)
            throw new InputException(_problems);
        NukeBuild.Verbosity = (Verbosity?)values.Get(nameof(NukeBuild.Verbosity)) ?? Verbosity.Normal;
        build.Values = values;

        var invoked = named.Count > 0 ? named : [.. targets.Where(target => target.IsDefault)];
        if (invoked.Count == 0)
            throw new InputException("No target is named, and the build has no default target.");
        foreach (var target in invoked)
            target.Invoked = true;
        build.ExecutionPlan = ExecutionPlanner.Plan(invoked);
        if (skipped is not null)
            ExecutionPlanner.Skip(build.ExecutionPlan, skipped);
    }

    private Host FindHost()
    {
        if (values.Find(nameof(NukeBuild.Host))?.Texts.FirstOrDefault("") is not { } name)
            return Host.Detect(EnvironmentValues.OfProcess());
        if (Host.Parse(name) is { } host)
            return host;
        _problems.Add($"There is no host '{name}'; it is one of {string.Join(", ", Host.Names)}.");
        return Host.Terminal;
    }
}
