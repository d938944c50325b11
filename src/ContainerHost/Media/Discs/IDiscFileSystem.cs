namespace ContainerHost.Media.Discs;

/// <summary>A file system of a disc image.</summary>
internal interface IDiscFileSystem
{
    /// <summary>The file system's name for people, such as "UDF".</summary>
    string Name { get; }

    /// <summary>The root folder.</summary>
    DiscFile Root { get; }

    /// <summary>The files and folders in a folder.</summary>
    IReadOnlyList<DiscFile> List(DiscFile folder);
}
