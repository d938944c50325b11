using ContainerHost.Errors;
using ContainerHost.Media;
using ContainerHost.Processes;
using ContainerHost.Runtimes;
using ContainerHost.Tests.Verification;

namespace ContainerHost.Tests.Runtimes;

public sealed class LockedPackagesTests : FolderTest, IArtifactCache
{
    private static readonly InstalledArtifact Runc = new("runc", "1.1", "http://deb/runc_1.1.deb", "aa");
    private static readonly InstalledArtifact Buildah = new("buildah", "1.28", "http://deb/buildah_1.28.deb", "bb");
    private static readonly InstalledArtifact Released = new("containerd", "2.1.4", "https://g/c.tar.gz", "cc");

    private readonly List<string> _fetched = [];

    [Fact]
    public async Task Packages_that_are_there_already_are_left_alone()
    {
        var packages = Of(_ => "runc 1.1 installed\nbuildah 1.28 installed\n");
        (await packages.InstallAsync(["runc"], Token)).ShouldBe([Runc, Buildah]);
        _fetched.ShouldBeEmpty();
    }

    [Fact]
    public async Task Exactly_the_locked_packages_are_fetched_by_their_digests_and_no_release_among_them()
    {
        const string after = "runc 1.1 installed\nbuildah 1.28 installed\n";
        var packages = Of(asked => asked == 1 ? "runc 1.1 not-installed\n" : after);
        await packages.InstallAsync(["runc", "buildah"], Token);
        _fetched.ShouldBe(["aa", "bb"]);
    }

    [Fact]
    public async Task A_package_that_the_lock_lacks_is_named_before_anything_is_touched()
    {
        var error = await Should.ThrowAsync<ContainerHostException>(Of(_ => "").InstallAsync(["docker.io"], Token));
        error.Saw.ShouldContain("docker.io");
        _fetched.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_image_has_by_itself_need_not_be_in_the_lock()
    {
        var packages = Of(_ => "runc 1.1 installed\nbuildah 1.28 installed\ncpio 2.13 installed\n");
        (await packages.InstallAsync(["runc", "cpio", "netavark|debian 13"], Token)).ShouldBe([Runc, Buildah]);
    }

    [Fact]
    public async Task Another_version_in_the_guest_afterwards_is_an_error()
    {
        var packages = Of(_ => "runc 1.2 installed\nbuildah 1.28 installed\n");
        var error = await Should.ThrowAsync<ContainerHostException>(packages.InstallAsync(["runc"], Token));
        error.Saw.ShouldBe("runc: the lock file has 1.1, but there is 1.2");
    }

    Task<string> IArtifactCache.FetchAsync(Uri source, string sha256, long? size, CancellationToken cancellationToken)
    {
        _fetched.Add(sha256);
        return Task.FromResult(Put("package.deb", ""));
    }

    private LockedPackages Of(Func<int, string> versions)
    {
        var asked = 0;
        string Answer(Command command) => command.Program == "dpkg-query" ? versions(++asked) : "";
        var shell = new FakeGuestShell(command => new CommandResult(0, Answer(command), ""));
        return new LockedPackages(shell, this, [Released, Runc, Buildah]);
    }
}
