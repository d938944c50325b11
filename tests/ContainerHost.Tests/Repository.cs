namespace ContainerHost.Tests;

/// <summary>The working copy that these tests were compiled from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ContainerHost.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("these tests run inside a working copy");
    }
}
