namespace ContainerHost.Media.Discs;

/// <summary>A file system of a disc image, by its name for people ("UDF") and its folders.</summary>
internal interface IDiscFileSystem
{
    string Name { get; }

    DiscFile Root { get; }

    /// <summary>The files and folders in a folder.</summary>
    IReadOnlyList<DiscFile> List(DiscFile folder);
}

/// <summary>A disc image (.iso), by its UDF where it has one, else by its ISO 9660: Windows' media show only a note in the latter.</summary>
internal sealed class DiscImage : IDisposable
{
    private readonly Stream _image;
    private readonly IDiscFileSystem _files;

    private DiscImage(Stream image, IDiscFileSystem files)
    {
        _image = image;
        _files = files;
    }

    /// <summary>The file system's name for people.</summary>
    public string FileSystem => _files.Name;

    /// <summary>Opens an image.</summary>
    /// <exception cref="InvalidDataException">It has neither file system, or is damaged.</exception>
    public static DiscImage Open(string path)
    {
        var image = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            var blocks = new DiscBlocks(image);
            var files =
                (IDiscFileSystem?)Udf.TryRead(blocks)
                ?? Iso9660.TryRead(blocks)
                ?? throw new InvalidDataException("it has neither UDF nor ISO 9660 on it");
            return new DiscImage(image, files);
        }
        catch (Exception exception) when (exception is EndOfStreamException or ArgumentOutOfRangeException)
        {
            image.Dispose();
            throw new InvalidDataException("it is damaged or cut short", exception);
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    /// <summary>The file at a path with slashes, case ignored as Windows does; null when there is none.</summary>
    public DiscFile? Find(string path)
    {
        var found = _files.Root;
        foreach (var name in path.Split('/'))
        {
            if (!found.IsFolder)
                return null;
            var next = _files
                .List(found)
                .FirstOrDefault(one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (next is null)
                return null;
            found = next;
        }
        return found;
    }

    /// <summary>The names in the root folder, sorted.</summary>
    public IReadOnlyList<string> RootNames() =>
        [.. _files.List(_files.Root).Select(file => file.Name).Order(StringComparer.OrdinalIgnoreCase)];

    /// <summary>A file's content.</summary>
    public Stream OpenFile(DiscFile file) => new ExtentStream(_image, file);

    public void Dispose() => _image.Dispose();
}
