using ContainerHost.Errors;
using ContainerHost.Specification;
using Semver;

namespace ContainerHost.Media.Releases;

/// <summary>What can be wrong with releases that GitHub did tell of.</summary>
internal static class ReleaseErrors
{
    public static ContainerHostException NoVersion(
        ReleaseComponent component,
        VersionWish wish,
        IEnumerable<SemVersion> versions
    )
    {
        var newest = versions.OrderDescending(SemVersion.SortOrderComparer).Take(5).Select(one => one.ToString());
        var text = string.Join(", ", newest);
        return new ContainerHostException(
            $"find {component.Name} {wish} in the releases of {component.Repository}",
            text.Length == 0 ? "it has no releases" : $"none fits; the newest are {text}",
            "give --runtime-version latest, one of these, or a range like '2.1' or '>=1.7 <2'; a pre-release must be named in full."
        );
    }

    public static ContainerHostException NoFile(ReleaseComponent component, PublishedRelease release, string name) =>
        new(
            $"find {name} in release {release.TagName} of {component.Repository}",
            release.Assets.Count == 0
                ? "the release has no files"
                : $"it has {string.Join(", ", release.Assets.Select(file => file.Name))}",
            "the release may still be in the making; give an earlier --runtime-version."
        );

    public static ContainerHostException NoDigest(ReleaseComponent component, PublishedRelease release, string name) =>
        new(
            $"check {name} of release {release.TagName} of {component.Repository}",
            "neither GitHub nor the release has its SHA-256, and what cannot be checked is not installed",
            "give another --runtime-version; GitHub has digests of files uploaded since June 2025."
        );

    public static ContainerHostException NotInList(ReleaseComponent component, string name, string list) =>
        new(
            $"check {name} of {component.Repository}",
            $"the release's own {list} does not list it",
            "give another --runtime-version."
        );
}
