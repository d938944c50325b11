using System.Linq.Expressions;
using System.Text;
using Nuke.Common.ValueInjection;

namespace Nuke.Common.Execution;

/// <summary>Takes a process from its arguments to its exit code.</summary>
internal static class BuildManager
{
    public static int Execute<T>(Expression<Func<T, Target>>[] defaultTargets)
        where T : NukeBuild, new()
    {
        if (OperatingSystem.IsWindows())
            Console.OutputEncoding = Encoding.UTF8;
        return Guarded(() =>
        {
            var values = Binder.Bind(typeof(T), Environment.GetCommandLineArgs()[1..], EnvironmentValues.OfProcess());
            var mask = SecretMask.Of(values);
            using var output = new BuildOutput(mask, values.IsOn("Json"));
            var defaults = defaultTargets.Select(target => MemberOf.Expression(target).Name);
            return Guarded(() => Run(new T(), values, [.. defaults], mask, output));
        });
    }

    private static int Run(
        NukeBuild build,
        ParameterValues values,
        IReadOnlyCollection<string> defaults,
        SecretMask mask,
        BuildOutput output
    )
    {
        var targets = TargetDiscovery.Find(build);
        foreach (var target in targets)
            target.IsDefault = defaults.Contains(target.Name);
        if (values.IsOn(nameof(NukeBuild.GenerateSchema)))
            output.Writer.Write(BuildSchema.Generate(build, targets, values.Parameters));
        else if (values.IsOn(nameof(NukeBuild.Help)))
            output.Writer.Write(new HelpText(build, targets, values.Parameters));
        else
            return new Invocation(build, values, mask, output).Run(targets);
        return 0;
    }

    private static int Guarded(Func<int> action)
    {
        try
        {
            return action();
        }
        catch (Exception error)
        {
            BuildOutput.Problems(error);
            return error is InputException ? InputException.ExitCode : 1;
        }
    }
}
