using System.Diagnostics.CodeAnalysis;

namespace Nuke.Common.IO;

/// <summary>A full path of a file or directory; <c>/</c> goes further down.</summary>
public sealed record AbsolutePath
{
    private readonly string _path;

    private AbsolutePath(string path) => _path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    /// <summary>The directory above, or null at the top.</summary>
    public AbsolutePath? Parent => Path.GetDirectoryName(_path) is { } parent ? new AbsolutePath(parent) : null;

    /// <summary>Makes a path from a text that must be rooted.</summary>
    [return: NotNullIfNotNull(nameof(path))]
    public static implicit operator AbsolutePath?(string? path) =>
        path is null ? null
        : Path.IsPathFullyQualified(path) ? new AbsolutePath(path)
        : throw new ArgumentException($"The path '{path}' must be rooted.", nameof(path));

    /// <summary>The path as a text.</summary>
    [return: NotNullIfNotNull(nameof(path))]
    public static implicit operator string?(AbsolutePath? path) => path?._path;

    /// <summary>Goes down to a file or directory; <c>..</c> goes up.</summary>
    public static AbsolutePath operator /(AbsolutePath left, string? right) =>
        new(Path.Combine(left._path, right ?? ""));

    /// <inheritdoc />
    public override string ToString() => _path;
}
