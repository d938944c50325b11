using System.Runtime.CompilerServices;

namespace ContainerHost.Tests;

/// <summary>The repository that these tests were compiled in.</summary>
internal static class SourceRoot
{
    public static string Path { get; } = Find();

    private static string Find([CallerFilePath] string here = "") =>
        System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(here)!, "..", ".."));
}
