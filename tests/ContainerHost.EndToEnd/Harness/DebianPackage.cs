using ContainerHost.Processes;
using ContainerHost.Tests;

namespace ContainerHost.EndToEnd.Harness;

/// <summary>Programs of Debian's packages, unpacked and not installed: what else a package starts is not this machine's business.</summary>
internal static class DebianPackage
{
    private const string Script = """
        set -eu
        cd "$1"
        # apt's own user may not write to a folder of ours.
        chmod 777 .
        # Lists of our own: the machine's may be missing, and are not ours to refresh.
        mkdir -p lists/partial
        apt-get --option Dir::State::Lists="$1/lists" --quiet update
        shift
        for package; do
            apt-get --option Dir::State::Lists="$PWD/lists" --quiet download "$package" && break
        done
        dpkg-deb -x ./*.deb root

        """;

    /// <summary>Unpacks the first of the packages that the release has into <c>root</c> of an empty folder, which it returns.</summary>
    public static async Task<string> UnpackAsync(string folder, params string[] packages)
    {
        Directory.CreateDirectory(folder);
        await RealTool.RunAsync(new Command("sh", ["-c", Script, "sh", folder, .. packages]));
        return Path.Combine(folder, "root");
    }
}
