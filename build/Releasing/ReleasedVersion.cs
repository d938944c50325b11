using System.Xml.Linq;
using Semver;

namespace Releasing;

/// <summary>The version of all packages, which stands in Directory.Build.props alone, and its tag.</summary>
internal static class ReleasedVersion
{
    public static SemVersion Of(AbsolutePath root) =>
        SemVersion.Parse(XDocument.Load(root / "Directory.Build.props").Descendants("Version").Single().Value);

    public static string TagOf(SemVersion version) => $"v{version}";

    public static SemVersion? OfTag(string tag) =>
        tag.StartsWith('v') && SemVersion.TryParse(tag[1..], SemVersionStyles.Strict, out var version) ? version : null;
}
