using System.Text.Json.Nodes;
using ContainerHost.Runtimes.Containerd;
using ContainerHost.Runtimes.Docker;
using ContainerHost.Runtimes.MicroVms;

namespace ContainerHost.Tests.Runtimes.Packages;

/// <summary>
/// What a distribution gets for each runtime, by the script that runs in the guest and the real apt, over archives that have what the
/// distributions' own had in November 2026 ('apt-cache show' over deb.debian.org and archive.ubuntu.com, main and universe).
/// </summary>
public sealed class ResolvedPackagesTests : FolderTest
{
    private const string Mint = "ID=linuxmint\nID_LIKE=\"ubuntu debian\"\nVERSION_ID=\"22\"\nUBUNTU_CODENAME=noble";
    private const string Mx = "ID=mx\nID_LIKE=debian\nVERSION_ID=\"23.6\"";

    // In all of them.
    private static readonly string[] Everywhere =
    [
        "containerd",
        "runc",
        "containernetworking-plugins",
        "iptables",
        "nftables",
        "buildah",
        "busybox-static",
        "qemu-system-x86",
        "cpio",
        "docker.io",
        "apparmor",
    ];

    private static readonly IReadOnlyList<string> Wanted =
    [
        "containerd",
        .. ContainerdRuntime.Packages,
        .. DockerRuntime.Packages,
        .. MicroVmIsolation.Packages,
    ];

    [Theory]
    [InlineData("ID=debian\nVERSION_ID=\"11\"", "", "")]
    [InlineData("ID=debian\nVERSION_ID=\"12\"", "netavark", "")]
    [InlineData(
        "ID=debian\nVERSION_ID=\"13\"",
        "netavark virtiofsd docker-cli",
        "netavark nftables docker-cli virtiofsd"
    )]
    [InlineData("ID=debian", "netavark virtiofsd docker-cli", "netavark nftables docker-cli virtiofsd")]
    [InlineData("ID=ubuntu\nVERSION_ID=\"22.04\"", "", "")]
    [InlineData("ID=ubuntu\nVERSION_ID=\"24.04\"", "netavark virtiofsd", "netavark virtiofsd")]
    [InlineData("ID=ubuntu\nVERSION_ID=\"25.10\"", "netavark virtiofsd", "netavark nftables virtiofsd")]
    [InlineData("ID=ubuntu\nVERSION_ID=\"26.04\"", "netavark virtiofsd", "netavark nftables virtiofsd")]
    // Derivatives have releases of their own; what their archive has of it is taken.
    [InlineData(Mint, "netavark virtiofsd", "netavark nftables virtiofsd")]
    [InlineData(Mx, "netavark", "netavark nftables")]
    public async Task Each_distribution_gets_what_it_has_and_needs(string release, string has, string gets)
    {
        var archive = new AptArchive(Folder);
        await archive.MakeAsync([.. Everywhere, .. has.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        var said = await archive.ResolveAsync(
            release,
            $"""
            assert resolve.lists_are_old()
            resolve.update(5, "/dev/null")
            assert not resolve.lists_are_old()
            names = list(resolve.needed({Python(Wanted)}, resolve.release_here()))
            print(json.dumps([names, resolve.resolve(names)]))
            """
        );

        var (names, packages) = (JsonNode.Parse(said)![0]!.AsArray(), JsonNode.Parse(said)![1]!.AsArray());
        var optional = Wanted.Where(name => name.Contains('|', StringComparison.Ordinal)).ToList();
        names
            .Select(name => $"{name}")
            .Except(Wanted.Except(optional))
            .ShouldBe(gets.Split(' ', StringSplitOptions.RemoveEmptyEntries), ignoreOrder: true);
        packages.Select(one => $"{one!["name"]}").ShouldBe(names.Select(name => $"{name}").Distinct(), true);
        packages.ShouldAllBe(one => $"{one!["version"]}" == "1:2.0~x+y-1" && $"{one["sha256"]}".Length == 64);
    }

    // What apt prints of such a source: the list's path, with the file's place at the mirror behind it.
    [Theory]
    [InlineData("https://a.example/debian\n", "https://a.example/debian/pool/r/runc_1%2b1_amd64.deb")]
    [InlineData(
        "# ours\n\nhttp://a.example/x\nhttps://b.example/y/\tpriority:2\nhttps://c.example\tpriority:1 arch:amd64\n",
        "https://c.example/pool/r/runc_1%2b1_amd64.deb"
    )]
    [InlineData("# none\n", "mirror+file:FOLDER/mirrors/debian.list/pool/r/runc_1%2b1_amd64.deb")]
    public async Task Mirrors_that_are_named_in_a_file_are_those_of_the_file(string list, string address)
    {
        var path = Put("mirrors/debian.list", list);

        var said = await new AptArchive(Folder).ResolveAsync(
            "ID=debian",
            $"print(resolve.at_mirror('mirror+file:{path}/pool/r/runc_1%2b1_amd64.deb'))"
        );

        said.Trim().ShouldBe(address.Replace("FOLDER", Folder, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_no_archive_has_is_told_by_name()
    {
        var archive = new AptArchive(Folder);
        await archive.MakeAsync(["runc"]);

        var said = await archive.ResolveAsync(
            "ID=debian",
            """
            resolve.update(5, "/dev/null")
            try:
                resolve.resolve(["runc", "buildah"])
            except SystemExit as end:
                print(end)
            """
        );

        said.ShouldContain("Unable to locate package buildah");
    }

    private static string Python(IEnumerable<string> words) =>
        $"[{string.Join(", ", words.Select(word => $"'{word}'"))}]";
}
