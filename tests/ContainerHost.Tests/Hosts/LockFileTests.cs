using ContainerHost.Errors;
using ContainerHost.Hosts;
using ContainerHost.Media;
using ContainerHost.Runtimes;
using ContainerHost.Specification;

namespace ContainerHost.Tests.Hosts;

public sealed class LockFileTests : FolderTest
{
    private static readonly InstalledArtifact Runc = new("runc", "1.1", "http://deb/runc_1.1.deb", "aa");
    private static readonly LockFile Locked = new(1, [new("boot-media", "f1", "apt:bookworm", "d1"), Runc]);
    private static readonly BaseDisk Medium = new()
    {
        DiskPath = "/disk",
        Format = DiskFormat.Raw,
        Sha256 = "d1",
        Origin = "apt:bookworm",
        Fingerprint = "f1",
    };

    [Fact]
    public void The_locked_medium_and_artifacts_are_accepted()
    {
        Locked.Require(Medium);
        Locked.Require(Made(Runc));
    }

    [Theory]
    [InlineData("f2", "d1", DiskFormat.Raw, "f2")]
    [InlineData("f1", "d2", DiskFormat.Raw, "SHA-256")]
    [InlineData("f2", "d1", DiskFormat.Vhdx, "f2")]
    internal void Another_medium_is_refused_with_what_differs(
        string fingerprint,
        string digest,
        DiskFormat format,
        string told
    )
    {
        var medium = Medium with { Fingerprint = fingerprint, Sha256 = digest, Format = format };
        Refused(() => Locked.Require(medium)).Saw.ShouldContain(told);
    }

    [Fact]
    public void A_disk_converted_to_vhdx_is_known_by_its_source() =>
        Locked.Require(Medium with { Sha256 = "another", Format = DiskFormat.Vhdx });

    [Fact]
    public void A_runtime_with_another_version_digest_or_artifact_is_refused()
    {
        InstalledArtifact[][] wrong =
        [
            [Runc with { Version = "1.2" }],
            [Runc with { Sha256 = "bb" }],
            [Runc, new("extra", "1", "x", "cc")],
            [],
        ];
        foreach (var artifacts in wrong)
            Refused(() => Locked.Require(Made(artifacts))).Try.ShouldContain("--lock-file");
    }

    [Fact]
    public void A_lock_without_a_medium_is_refused() =>
        Refused(() => new LockFile(1, [Runc]).Require(Medium)).Saw.ShouldContain("boot medium");

    [Theory]
    [InlineData(null, "there is none at")]
    [InlineData("{ half", "is not valid")]
    [InlineData("""{ "schemaVersion": 2, "artifacts": [] }""", "it has format 2, newer than 1")]
    [InlineData("""{ "schemaVersion": 1 }""", "it lacks 'artifacts'")]
    [InlineData("""{ "schemaVersion": 1, "artifacts": null }""", "at 'artifacts' does not fit")]
    [InlineData("""{ "schemaVersion": 1, "artifacts": [null] }""", "null in the list 'artifacts'")]
    [InlineData("null", "holds no JSON object")]
    public async Task A_lock_file_that_cannot_be_used_is_wrong_input(string? text, string told)
    {
        var path = In("host.lock.json");
        if (text is not null)
            await File.WriteAllTextAsync(path, text, Token);
        var error = await Should.ThrowAsync<InvalidInputException>(LockFile.ReadAsync(path, Token));
        error.Problems.Single().ShouldContain(told);
    }

    [Fact]
    public void What_was_put_into_the_guest_before_its_runtime_counts_too()
    {
        var openSsh = new InstalledArtifact("openssh", "9.8.3", "https://g/OpenSSH-Win64.zip", "dd");
        var locked = Locked with { Artifacts = [.. Locked.Artifacts, openSsh] };
        locked.Require(Made(Runc) with { GuestArtifacts = [openSsh] });
        Refused(() => locked.Require(Made(Runc))).Saw.ShouldContain("openssh 9.8.3");
    }

    private static ContainerHostException Refused(Action require) => Should.Throw<ContainerHostException>(require);

    private static HostState Made(params IReadOnlyList<InstalledArtifact> artifacts) =>
        new()
        {
            Spec = new HostRequest().ToSpec(),
            InstanceId = Guid.Empty,
            CreatedAt = DateTimeOffset.UnixEpoch,
            Runtime = new RuntimeInfo(RuntimeKind.Containerd, "1", "containerd.service", artifacts),
        };
}
