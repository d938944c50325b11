using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Semver;

namespace ContainerHost.Media.Releases;

/// <summary>Reads versions from the tags of releases.</summary>
internal static partial class ReleaseVersion
{
    /// <summary>Understands <c>v2.1.4</c>, <c>2.2.0-rc.1</c> and Win32-OpenSSH's <c>v9.8.3.0p2-Preview</c>; other tags are no versions.</summary>
    public static bool TryParse(string tag, [NotNullWhen(true)] out SemVersion? version)
    {
        if (SemVersion.TryParse(tag, SemVersionStyles.AllowV, out version))
            return true;
        var portable = OpenSshPortable().Match(tag);
        return portable.Success
            && SemVersion.TryParse(
                $"{portable.Groups[1].Value}+{portable.Groups[2].Value}",
                SemVersionStyles.Strict,
                out version
            );
    }

    [GeneratedRegex(@"^v?(\d+\.\d+\.\d+)\.\d+(p\d+)(?:-\w+)?$")]
    private static partial Regex OpenSshPortable();
}
