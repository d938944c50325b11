using ContainerHost.Errors;

namespace ContainerHost.AnswerFiles;

/// <summary>The user's own answer file, read once: it may be a pipe.</summary>
internal sealed record AnswerFile(string Source, byte[] Content)
{
    private const int Largest = 16 << 20;

    /// <summary>Reads the file, 16 MiB at most; a pipe that nobody writes to is waited for until the run ends.</summary>
    /// <exception cref="InvalidInputException">It cannot be read, or is larger.</exception>
    public static async Task<AnswerFile> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            // Opening a pipe takes no token, so the thread is left to the process's end.
            var content = await Task.Run(() => Read(path), CancellationToken.None).WaitAsync(cancellationToken);
            return content.Length <= Largest
                ? new AnswerFile(path, content)
                : throw new InvalidInputException([$"--answer-file '{path}' is larger than 16 MiB."]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException([$"--answer-file '{path}' cannot be read: {exception.Message}"]);
        }
    }

    private static byte[] Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var content = new MemoryStream();
        var buffer = new byte[64 << 10];
        for (int read; content.Length <= Largest && (read = file.Read(buffer)) > 0; )
            content.Write(buffer, 0, read);
        return content.ToArray();
    }
}
