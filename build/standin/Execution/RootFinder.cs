using Nuke.Common.IO;
using Nuke.Common.ValueInjection;

namespace Nuke.Common.Execution;

/// <summary>Finds the directory that has <c>.nuke</c>.</summary>
internal static class RootFinder
{
    public static AbsolutePath Find(string from) =>
        Upwards(from)
        ?? Upwards(AppContext.BaseDirectory)
        ?? throw new InputException(
            $"No directory from '{from}' upwards has '.nuke'; make one, or name the root with '--root DIRECTORY'."
        );

    /// <summary>The root that the user gave.</summary>
    public static AbsolutePath Named(string path)
    {
        AbsolutePath root = Path.Combine(Environment.CurrentDirectory, path);
        return Directory.Exists(root) ? root : throw new InputException($"The root '{root}' is no directory.");
    }

    private static AbsolutePath? Upwards(string from)
    {
        for (AbsolutePath? directory = from; directory is not null; directory = directory.Parent)
        {
            if (Directory.Exists(directory / ".nuke"))
                return directory;
        }
        return null;
    }
}
