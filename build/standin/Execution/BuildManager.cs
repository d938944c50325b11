using System.Linq.Expressions;
using System.Text;
using Nuke.Common.ValueInjection;

namespace Nuke.Common.Execution;

/// <summary>Takes a process from its arguments to its exit code.</summary>
internal static class BuildManager
{
    /// <summary>NUKE's exit code for what has none of its own; 255 to whoever sees eight bits.</summary>
    public const int Failed = -1;

    public static int Execute<T>(Expression<Func<T, Target>>[] defaultTargets)
        where T : NukeBuild, new()
    {
        if (OperatingSystem.IsWindows())
            Console.OutputEncoding = Encoding.UTF8;
        return Guarded(() =>
        {
            var values = Binder.Bind(typeof(T), Environment.GetCommandLineArgs()[1..], EnvironmentValues.OfProcess());
            var defaults = defaultTargets.Select(target => MemberOf.Expression(target).Name);
            var build = new T { Values = values };
            return Guarded(() => Run(build, values, [.. defaults]), build);
        });
    }

    private static int Run(NukeBuild build, ParameterValues values, IReadOnlyCollection<string> defaults)
    {
        var targets = TargetDiscovery.Find(build);
        foreach (var target in targets)
            target.IsDefault = defaults.Contains(target.Name);
        if (values.IsOn(nameof(NukeBuild.GenerateSchema)))
            Console.Out.Write(BuildSchema.Generate(build, targets, values.Parameters));
        else if (values.IsOn(nameof(NukeBuild.Help)))
            Console.Out.Write(new HelpText(build, targets, values.Parameters));
        else
            return new Invocation(build, build.Values = Binder.WithFiles(values)).Run(targets);
        return 0;
    }

    private static int Guarded(Func<int> action, NukeBuild? build = null)
    {
        try
        {
            return action();
        }
        catch (Exception error)
        {
            BuildOutput.Problem(error);
            return build?.ExitCode ?? Failed;
        }
    }
}
