using ContainerHost.Specification.Parameters;

namespace ContainerHost.Specification;

/// <summary>The folders of this machine that a host's guest has; one at least, and none in another. Written with commas between.</summary>
internal sealed record FolderMounts
{
    public const string Allowed =
        "FOLDER:GUEST-PATH[:ro], like ./src:/work or /data:/srv/data:ro, several with commas between; none takes all away";

    private FolderMounts(IReadOnlyList<FolderMount> all) => All = all;

    public IReadOnlyList<FolderMount> All { get; }

    /// <summary>Those; null where there are none.</summary>
    public static FolderMounts? Of(IReadOnlyList<FolderMount> all) => all.Count == 0 ? null : new FolderMounts(all);

    /// <summary>Reads them, and tells everything that is wrong; null for <c>none</c>, and where anything is wrong. What is in the folders' places is not looked at.</summary>
    public static FolderMounts? Read(string text, ICollection<string> problems) => Read(text, problems, looks: false);

    /// <summary>The same of folders that must be there: of what is typed now.</summary>
    public static FolderMounts? ReadTyped(string text, ICollection<string> problems) =>
        Read(text, problems, looks: true);

    /// <summary>The same of what was checked before, and may be gone since.</summary>
    /// <exception cref="Errors.InvalidInputException">It is.</exception>
    public static FolderMounts? Need(string text)
    {
        var problems = new List<string>();
        var read = ReadTyped(text, problems);
        return problems.Count == 0 ? read : throw new Errors.InvalidInputException(problems);
    }

    private static FolderMounts? Read(string text, ICollection<string> problems, bool looks)
    {
        if (text.Equals("none", StringComparison.OrdinalIgnoreCase))
            return null;
        var (all, before) = (new List<FolderMount>(), problems.Count);
        foreach (var word in text.Split(',', StringSplitOptions.TrimEntries))
        {
            FolderMount? one;
            if ((looks ? FolderMount.ReadTyped(word, out one) : FolderMount.Read(word, out one)) is { } wrong)
                problems.Add(Problem.Of("mount", word, Allowed, $" {wrong}"));
            else if (all.Find(one!.Overlaps) is { } other)
                problems.Add(
                    Problem.Of(
                        "mount",
                        word,
                        Allowed,
                        one.GuestPath == other.GuestPath
                            ? $" '{other}' is at that path of the guest already."
                            : $" One mount cannot be in another, here '{other}'."
                    )
                );
            else
                all.Add(one);
        }
        return problems.Count == before ? Of(all) : null;
    }

    public bool Equals(FolderMounts? other) => other is not null && All.SequenceEqual(other.All);

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    public override string ToString() => string.Join(",", All);
}
