using ContainerHost.Errors;
using ContainerHost.Guests;
using ContainerHost.Media;
using ContainerHost.Media.Releases;
using ContainerHost.Processes;
using ContainerHost.Runtimes;
using ContainerHost.Runtimes.Packages;
using ContainerHost.Specification;
using ContainerHost.Tests.Verification;
using Serilog.Core;

namespace ContainerHost.Tests.Runtimes.Packages;

/// <summary>What an image was built with is found there by two questions, and trusted only where dpkg has exactly that.</summary>
public sealed class PackagesOfAnImageTests : IArtifactCache, IReleases
{
    private const string Manifest = """
        {"runc":{"name":"runc","version":"1.1","uri":"http://deb/runc_1.1.deb","file":"runc_1.1.deb","sha256":"aa","size":3},
         "cpio":{"name":"cpio","version":"2.1","uri":"http://deb/cpio_2.1.deb","file":"cpio_2.1.deb","sha256":"bb","size":4}}
        """;

    private readonly List<string> _programs = [];

    [Fact]
    public async Task They_are_what_the_host_was_made_of_and_nothing_is_resolved()
    {
        var artifacts = await InstallAsync(Manifest, "runc 1.1 installed\ncpio 2.1 installed\nbusybox 1 installed\n");
        artifacts.ShouldBe([
            new InstalledArtifact("runc", "1.1", "http://deb/runc_1.1.deb", "aa"),
            new InstalledArtifact("cpio", "2.1", "http://deb/cpio_2.1.deb", "bb"),
        ]);
        _programs.ShouldBe(["cat", "dpkg-query"]);
    }

    [Theory]
    [InlineData("", "", "there is no list")]
    [InlineData(Manifest, "runc 1.1 installed\ncpio 2.1 installed\n", "one that is asked for is not there")]
    [InlineData(Manifest, "runc 1.1 installed\ncpio 2.2 installed\nbusybox 1 installed\n", "another version")]
    [InlineData(Manifest, "runc 1.1 unpacked\ncpio 2.1 installed\nbusybox 1 installed\n", "half installed")]
    public async Task Where_anything_is_missing_the_guests_apt_is_asked(string manifest, string query, string because)
    {
        await Should.ThrowAsync<ContainerHostException>(InstallAsync(manifest, query), because);
        // The first thing that an installation looks at.
        _programs.ShouldContain("sh");
    }

    private Task<IReadOnlyList<InstalledArtifact>> InstallAsync(string manifest, string query)
    {
        var shell = new FakeGuestShell(command =>
        {
            _programs.Add(command.Program);
            return command.Program switch
            {
                "cat" => new CommandResult(manifest.Length > 0 ? 0 : 1, manifest, ""),
                "dpkg-query" => new CommandResult(0, query, ""),
                _ => new CommandResult(1, "", "no more of this guest"),
            };
        });
        var sources = new RuntimeSources { Artifacts = this, Releases = this };
        string[] names = ["runc", "busybox", "netavark|debian 13"];
        return new DebianPackages(shell, sources, names, TimeProvider.System, Logger.None).InstallAsync(Token);
    }

    Task<string> IArtifactCache.FetchAsync(
        Uri source,
        string sha256,
        long? size,
        CancellationToken cancellationToken
    ) => throw new InvalidOperationException("nothing is fetched");

    Task<PinnedFile> IReleases.FindAsync(
        ReleaseComponent component,
        VersionWish wish,
        CancellationToken cancellationToken
    ) => throw new InvalidOperationException("no release is asked for");
}
