namespace ContainerHost.Prerequisites.Probes;

/// <summary>Finds where a folder that need not exist yet will come to lie.</summary>
internal static class NearestFolder
{
    /// <summary>The folder itself or the nearest one above that exists; null when a file is in the way.</summary>
    public static string? Of(string path)
    {
        var folder = Path.GetFullPath(path);
        while (!Directory.Exists(folder))
        {
            if (File.Exists(folder) || Path.GetDirectoryName(folder) is not { } parent)
                return null;
            folder = parent;
        }
        return folder;
    }
}
