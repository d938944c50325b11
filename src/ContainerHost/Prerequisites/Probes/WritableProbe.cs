namespace ContainerHost.Prerequisites.Probes;

/// <summary>Writes a file and deletes it, in the folder itself or where it will be made.</summary>
internal sealed class WritableProbe(string path) : IProbe
{
    public async Task<Finding> LookAsync(CancellationToken cancellationToken)
    {
        if (NearestFolder.Of(path) is not { } folder)
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
}
