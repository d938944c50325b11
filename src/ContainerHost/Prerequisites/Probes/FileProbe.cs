namespace ContainerHost.Prerequisites.Probes;

/// <summary>Looks for a file by pattern.</summary>
internal sealed class FileProbe(string folder, string pattern) : IProbe
{
    public Task<Finding> LookAsync(CancellationToken cancellationToken)
    {
        var found = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, pattern).Order().FirstOrDefault()
            : null;
        return Task.FromResult(new Finding(found is not null, found ?? $"no {pattern} in {folder}"));
    }
}
