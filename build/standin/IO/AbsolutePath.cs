using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Nuke.Common.IO;

/// <summary>A full path of a file or directory; <c>/</c> goes further down.</summary>
[TypeConverter(typeof(Converter))]
public sealed class AbsolutePath : IEquatable<AbsolutePath>
{
    private static readonly StringComparison Comparison = OperatingSystem.IsWindows()
        ? StringComparison.OrdinalIgnoreCase
        : StringComparison.Ordinal;

    private readonly string _path;

    private AbsolutePath(string path) => _path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    /// <summary>The last part of the path.</summary>
    public string Name => Path.GetFileName(_path);

    /// <summary>The last part of the path without its extension.</summary>
    public string NameWithoutExtension => Path.GetFileNameWithoutExtension(_path);

    /// <summary>The extension with its dot, or an empty text.</summary>
    public string Extension => Path.GetExtension(_path);

    /// <summary>The directory above, or null at the top.</summary>
    public AbsolutePath? Parent => Path.GetDirectoryName(_path) is { } parent ? new AbsolutePath(parent) : null;

    /// <summary>Makes a path from a text that must be rooted.</summary>
    public static AbsolutePath Create(string path) =>
        Path.IsPathFullyQualified(path)
            ? new AbsolutePath(path)
            : throw new ArgumentException($"The path '{path}' must be rooted.", nameof(path));

    /// <summary>Makes a path from a text that must be rooted.</summary>
    [return: NotNullIfNotNull(nameof(path))]
    public static implicit operator AbsolutePath?(string? path) => path is null ? null : Create(path);

    /// <summary>The path as a text.</summary>
    [return: NotNullIfNotNull(nameof(path))]
    public static implicit operator string?(AbsolutePath? path) => path?._path;

    /// <summary>Goes down to a file or directory; <c>..</c> goes up.</summary>
    public static AbsolutePath operator /(AbsolutePath left, string? right) =>
        new(Path.Combine(left._path, right ?? ""));

    /// <summary>Adds a text to the last part of the path.</summary>
    public static AbsolutePath operator +(AbsolutePath left, string? right) => new(left._path + right);

    /// <summary>Whether both are the same path.</summary>
    public static bool operator ==(AbsolutePath? left, AbsolutePath? right) => Equals(left, right);

    /// <summary>Whether the paths differ.</summary>
    public static bool operator !=(AbsolutePath? left, AbsolutePath? right) => !Equals(left, right);

    /// <inheritdoc />
    public bool Equals(AbsolutePath? other) => other is not null && string.Equals(_path, other._path, Comparison);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as AbsolutePath);

    /// <inheritdoc />
    public override int GetHashCode() => string.GetHashCode(_path, Comparison);

    /// <inheritdoc />
    public override string ToString() => _path;

    private sealed class Converter : TypeConverter
    {
        public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) =>
            sourceType == typeof(string) || base.CanConvertFrom(context, sourceType);

        public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
            value is string text ? new AbsolutePath(text) : base.ConvertFrom(context, culture, value);
    }
}
