using ContainerHost.Files;
using ContainerHost.Specification;

namespace ContainerHost.Prerequisites.Lists;

/// <summary>Looks at folders that need not exist yet.</summary>
internal static class FolderProbes
{
    /// <summary>Compares the free space where a folder lies with what is needed there; a host that has its disk needs no more.</summary>
    public static Finding Space(string path, ByteSize needed, HostFolder host, LocalMachine machine)
    {
        if (Nearest(path) is not { } folder)
            return new Finding(false, $"{path} is not a folder");
        var free = new ByteSize(machine.FreeSpace(folder));
        var found = $"{free.ToHumanString()} free at {folder}";
        return File.Exists(host.Disk)
            ? new Finding(true, found) { Needed = "none: the host has its disk" }
            : new Finding(free >= needed, found);
    }

    /// <summary>Writes a file and deletes it, in the folder itself or where it will be made.</summary>
    public static async Task<Finding> WritableAsync(string path, CancellationToken cancellationToken)
    {
        if (Nearest(path) is not { } folder)
            return new Finding(false, $"{path} is not a folder, or lies under a file");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        try
        {
            await using var file = new FileStream(Path.Combine(folder, $".write-{Guid.NewGuid():N}"), options);
            await file.WriteAsync(new byte[1], cancellationToken);
            await file.FlushAsync(cancellationToken);
            return new Finding(true, $"a file was written to {folder}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Finding(false, exception.Message);
        }
    }

    /// <summary>Looks whether the host's folder is ours: absent, empty, or with our state in it.</summary>
    public static Finding Ours(HostFolder host)
    {
        if (File.Exists(host.State))
            return new Finding(true, $"{host.Path} is our host");
        if (!Directory.Exists(host.Path))
            return new Finding(!File.Exists(host.Path), File.Exists(host.Path) ? $"{host.Path} is a file" : "free");
        // A build that was killed while it first wrote the state left only that file's temporary form.
        var stray = $"{Path.GetFileName(host.State)}.";
        try
        {
            var foreign = Directory
                .EnumerateFileSystemEntries(host.Path)
                .Select(path => Path.GetFileName(path)!)
                .FirstOrDefault(name => !name.StartsWith(stray, StringComparison.Ordinal));
            return foreign is null
                ? new Finding(true, "free")
                : new Finding(false, $"{host.Path} has '{foreign}' in it but no state of ours");
        }
        catch (UnauthorizedAccessException exception)
        {
            return new Finding(false, exception.Message);
        }
    }

    // The folder itself or the nearest one above that exists; null when a file is in the way.
    private static string? Nearest(string path)
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
