using ContainerHost.Files;

namespace ContainerHost.Prerequisites.Probes;

/// <summary>Looks whether the host's folder is ours: absent, empty, or with our state in it.</summary>
internal sealed class HostFolderProbe(HostFolder host) : IProbe
{
    public Task<Finding> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult(Look());
        }
        catch (UnauthorizedAccessException exception)
        {
            return Task.FromResult(new Finding(false, exception.Message));
        }
    }

    private Finding Look()
    {
        if (File.Exists(host.State))
            return new Finding(true, $"{host.Path} is our host");
        if (!Directory.Exists(host.Path))
            return new Finding(!File.Exists(host.Path), File.Exists(host.Path) ? $"{host.Path} is a file" : "free");
        // A build that was killed while it first wrote the state left only that file's temporary form.
        var stray = $"{Path.GetFileName(host.State)}.";
        var foreign = Directory
            .EnumerateFileSystemEntries(host.Path)
            .Select(path => Path.GetFileName(path)!)
            .FirstOrDefault(name => !name.StartsWith(stray, StringComparison.Ordinal));
        return foreign is null
            ? new Finding(true, "free")
            : new Finding(false, $"{host.Path} has '{foreign}' in it but no state of ours");
    }
}
