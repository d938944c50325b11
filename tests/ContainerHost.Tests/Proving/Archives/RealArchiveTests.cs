using ContainerHost.Proving.Archives;

namespace ContainerHost.Tests.Proving.Archives;

/// <summary>Archives as buildah writes them, of an image that it made.</summary>
public sealed class RealArchiveTests : FolderTest
{
    [Fact]
    public async Task Both_forms_that_buildah_writes_are_the_same_image()
    {
        var buildah = await Buildah.CreateAsync(Folder);
        Put("context/app", "#!/bin/sh\necho proved\n");
        Put("context/Dockerfile", "FROM scratch\nCOPY app /bin/app\nENTRYPOINT [\"/bin/app\"]\n");

        await buildah.BuildAsync(In("context"), "app");
        await buildah.PushAsync("app", $"docker-archive:{In("docker.tar")}:localhost/app:1");
        await buildah.PushAsync("app", $"oci-archive:{In("oci.tar")}:localhost/app:1");

        var docker = await ImageArchive.ReadAsync(In("docker.tar"), "linux", Token);
        var oci = await ImageArchive.ReadAsync(In("oci.tar"), "linux", Token);
        docker.ImageId.ShouldBe(oci.ImageId);
        docker.Command.ShouldBe(["/bin/app"]);
        docker.Reference.ShouldBe("localhost/app:1");
        oci.Reference.ShouldBe("localhost/app:1");
        oci.ManifestDigest!.ShouldStartWith("sha256:");
        docker.Layers.ShouldHaveSingleItem().DiffId.ShouldBe(oci.Layers.ShouldHaveSingleItem().DiffId);
    }
}
