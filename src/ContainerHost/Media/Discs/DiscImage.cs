namespace ContainerHost.Media.Discs;

/// <summary>A disc image (.iso), by its UDF where it has one, else by its ISO 9660: Windows' media show only a note in the latter.</summary>
internal sealed class DiscImage : IDisposable
{
    private readonly Stream _image;
    private readonly DiscFile _root;
    private readonly Func<DiscFile, IReadOnlyList<DiscFile>> _list;

    private DiscImage(Stream image, string fileSystem, DiscFile root, Func<DiscFile, IReadOnlyList<DiscFile>> list) =>
        (_image, FileSystem, _root, _list) = (image, fileSystem, root, list);

    /// <summary>The file system's name for people.</summary>
    public string FileSystem { get; }

    /// <summary>Opens an image.</summary>
    /// <exception cref="InvalidDataException">It has neither file system, or is damaged.</exception>
    public static DiscImage Open(string path)
    {
        var image = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            var blocks = new DiscBlocks(image);
            if (Udf.TryRead(blocks) is { } udf)
                return new DiscImage(image, "UDF", udf.Root, udf.List);
            if (Iso9660.TryRead(blocks) is { } iso)
                return new DiscImage(image, iso.Name, iso.Root, iso.List);
            throw new InvalidDataException("it has neither UDF nor ISO 9660 on it");
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
        var found = _root;
        foreach (var name in path.Split('/'))
        {
            if (!found.IsFolder)
                return null;
            var next = _list(found).FirstOrDefault(one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (next is null)
                return null;
            found = next;
        }
        return found;
    }

    /// <summary>The names in the root folder, sorted.</summary>
    public IReadOnlyList<string> RootNames() =>
        [.. _list(_root).Select(file => file.Name).Order(StringComparer.OrdinalIgnoreCase)];

    /// <summary>A file's content.</summary>
    public Stream OpenFile(DiscFile file) => new ExtentStream(_image, file);

    public void Dispose() => _image.Dispose();
}
