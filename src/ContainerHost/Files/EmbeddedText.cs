namespace ContainerHost.Files;

/// <summary>Texts shipped inside the library: scripts and style sheets.</summary>
internal static class EmbeddedText
{
    /// <summary>Loads a text by its folder and name below the library's source, with dots: <c>Media.DebianImage.make-disk.sh</c>.</summary>
    public static string Load(string name)
    {
        var assembly = typeof(EmbeddedText).Assembly;
        using var stream =
            assembly.GetManifestResourceStream($"ContainerHost.{name}")
            ?? throw new InvalidOperationException($"no embedded text {name}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
