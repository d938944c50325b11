namespace ContainerHost.Media.Catalog;

/// <summary>A vendor's disk image: the folder it is published in, its file name, and the list of digests beside it that is the source of truth.</summary>
public sealed record CloudImage(Uri Folder, string File, string DigestList)
{
    /// <summary>The image's address.</summary>
    public Uri Address => new(Folder, File);

    /// <summary>Finds the image's digest in a list as <c>sha512sum</c> writes it; null when it is not listed.</summary>
    public string? FindDigest(string list) =>
        list.ReplaceLineEndings("\n")
            .Split('\n')
            .Select(line => line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length == 2 && words[1].TrimStart('*') == File && words[0].Length == 128)
            .Select(words => words[0].ToLowerInvariant())
            .FirstOrDefault();
}
