using System.Diagnostics;

namespace ContainerHost.EndToEnd.Harness;

/// <summary>containerd packed as its maker packs it, from Debian's own package, since no release can be downloaded where the tests run.</summary>
internal static class ContainerdRelease
{
    /// <summary>The archive of containerd's programs, and one of a nerdctl that only tells a version.</summary>
    public static async Task<(byte[] Containerd, byte[] Nerdctl)> PackAsync(CancellationToken cancellationToken)
    {
        const string script = """
            set -eu
            cd "$1"
            # Lists of our own: the machine's may be missing, and are not ours to refresh.
            mkdir -p lists/partial
            apt-get --option Dir::State::Lists="$1/lists" --quiet update >/dev/null
            apt-get --option Dir::State::Lists="$1/lists" --quiet download containerd >&2
            dpkg-deb -x containerd_*.deb root
            mkdir bin
            cp root/usr/bin/containerd root/usr/bin/ctr root/usr/bin/containerd-shim-runc-v2 bin/
            tar -c -z -f containerd.tar.gz bin
            printf '#!/bin/sh\necho nerdctl version 2.0.0\n' >nerdctl
            chmod 755 nerdctl
            tar -c -z -f nerdctl.tar.gz nerdctl
            """;
        var folder = Directory.CreateTempSubdirectory("release-").FullName;
        try
        {
            // apt's own user may not write to a folder of ours.
            using (var open = Process.Start("chmod", ["777", folder]))
                await open.WaitForExitAsync(cancellationToken);
            using var pack = Process.Start("sh", ["-c", script, "sh", folder]);
            await pack.WaitForExitAsync(cancellationToken);
            pack.ExitCode.ShouldBe(0, "a release could not be packed from Debian's package");
            return (
                await File.ReadAllBytesAsync(Path.Combine(folder, "containerd.tar.gz"), cancellationToken),
                await File.ReadAllBytesAsync(Path.Combine(folder, "nerdctl.tar.gz"), cancellationToken)
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
