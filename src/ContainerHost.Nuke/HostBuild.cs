using ContainerHost.Errors;
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
        MoveLogAside(Path.GetFullPath(root > 0 && words.ElementAtOrDefault(root + 1) is { } named ? named : "."));
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

    // An engine empties the log of the run before, and ends when that still goes on. A log that was moved is written on by whoever has it open;
    // where it cannot be moved (Windows) the engine says itself that it is in use.
    internal static void MoveLogAside(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            var log = Path.Combine(folder.FullName, ".nuke", "temp", "build.log");
            if (!File.Exists(log))
                continue;
            try
            {
                using var free = File.Open(log, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                TryMove(log, Path.ChangeExtension(log, $".{Guid.NewGuid():N}.log"));
            }
            catch (UnauthorizedAccessException) { }
            return;
        }
    }

    private static void TryMove(string from, string to)
    {
        try
        {
            File.Move(from, to);
        }
        catch (Exception stays) when (stays is IOException or UnauthorizedAccessException) { }
    }
}
