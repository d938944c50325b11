using ContainerHost.Errors;
using ContainerHost.Targets.Hosting;
using ContainerHost.Targets.Input;

namespace ContainerHost.Targets;

/// <summary>The way into a build with these targets.</summary>
public static class HostBuild
{
    /// <summary>
    /// Runs a build, such as <c>HostBuild.Run&lt;Build&gt;(() => Execute&lt;Build&gt;(x => x.Release))</c> in its <c>Main</c>: several may run at once in one
    /// checkout, plain variables (NAME, TARGET) are nobody's parameters, and what keeps the engine from starting is told in a sentence.
    /// </summary>
    /// <returns>The exit code.</returns>
    public static int Run<T>(Func<int> execute)
        where T : INukeBuild
    {
        PlainVariables.Forget(BuildParameter.Of(typeof(T)));
        var words = Environment.GetCommandLineArgs();
        var root = Array.FindIndex(words, word => word.ToUpperInvariant() is "--ROOT" or "-ROOT");
        string[] from =
            root > 0 && words.ElementAtOrDefault(root + 1) is { } named
                ? [Path.GetFullPath(named)]
                // As the engines look for their root: from here upwards, else from where the build lies.
                : [Environment.CurrentDirectory, AppContext.BaseDirectory];
        using var log = CheckoutLog.Free(from);
        try
        {
            return execute();
        }
        // NUKE looks for its root in a static constructor.
        catch (TypeInitializationException failed)
        {
            Console.Error.WriteLine($"error: {failed.GetBaseException().Message}");
            return Environment.ExitCode = ExitCodes.InvalidInput;
        }
    }
}
