using Nuke.Common.ValueInjection;

namespace Nuke.Common.Execution;

/// <summary>What the engine itself prints, apart from the log.</summary>
internal static class BuildOutput
{
    private const int Width = 80;

    private static bool IsQuiet => NukeBuild.Verbosity > Verbosity.Normal;

    public static void Problem(Exception error)
    {
        Console.Error.WriteLine($"error: {error.Message}");
        if (error is not InputException && NukeBuild.Verbosity == Verbosity.Verbose)
            Console.Error.WriteLine(error);
    }

    public static void Logo()
    {
        if (!IsQuiet)
            Console.Out.WriteLine(
                $"Stand-in build engine {typeof(BuildOutput).Assembly.GetName().Version?.ToString(3)}, for where the package feed has neither NUKE nor Fallout"
            );
    }

    public static void Banner(ExecutableTarget target, IReadOnlyList<ExecutableTarget> plan)
    {
        if (IsQuiet)
            return;
        var position = plan.TakeWhile(other => other != target).Count() + 1;
        var title = $"── {target.Name} ({position} of {plan.Count}) ";
        Console.Out.WriteLine();
        Console.Out.WriteLine(title.PadRight(Width, '─'));
    }
}
