using ContainerHost.Processes;
using ContainerHost.Tests;

namespace ContainerHost.EndToEnd.Harness;

/// <summary>containerd packed as its maker packs it, from Debian's own package, since no release can be downloaded where the tests run.</summary>
internal static class ContainerdRelease
{
    /// <summary>The archive of containerd's programs, and one of a nerdctl that only tells a version.</summary>
    public static async Task<(byte[] Containerd, byte[] Nerdctl)> PackAsync(CancellationToken cancellationToken)
    {
        const string script = """
            mkdir bin
            cp root/usr/bin/containerd root/usr/bin/ctr root/usr/bin/containerd-shim-runc-v2 bin/
            tar -c -z -f containerd.tar.gz bin
            printf '#!/bin/sh\necho nerdctl version 2.0.0\n' >nerdctl
            chmod 755 nerdctl
            tar -c -z -f nerdctl.tar.gz nerdctl
            """;
        var files = await PackAsync(script, ["containerd.tar.gz", "nerdctl.tar.gz"], cancellationToken);
        return (files[0], files[1]);
    }

    /// <summary>An archive of Kata's shape that has containerd's ordinary shim under Kata's name, which isolates nothing.</summary>
    public static async Task<byte[]> PackAsKataAsync(CancellationToken cancellationToken)
    {
        const string script = """
            mkdir -p opt/kata/bin
            cp root/usr/bin/containerd-shim-runc-v2 opt/kata/bin/containerd-shim-kata-v2
            tar -c -f - ./opt | zstd --quiet >kata.tar.zst
            """;
        return (await PackAsync(script, ["kata.tar.zst"], cancellationToken))[0];
    }

    private static async Task<IReadOnlyList<byte[]>> PackAsync(
        string script,
        IReadOnlyList<string> names,
        CancellationToken cancellationToken
    )
    {
        var folder = Directory.CreateTempSubdirectory("release-").FullName;
        try
        {
            await DebianPackage.UnpackAsync(folder, "containerd");
            await RealTool.RunAsync(new Command("sh", ["-c", $"set -eu\ncd \"$1\"\n{script}", "sh", folder]));
            var files = new List<byte[]>();
            foreach (var name in names)
                files.Add(await File.ReadAllBytesAsync(Path.Combine(folder, name), cancellationToken));
            return files;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
