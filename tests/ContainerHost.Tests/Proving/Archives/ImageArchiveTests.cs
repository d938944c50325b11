using ContainerHost.Proving.Archives;

namespace ContainerHost.Tests.Proving.Archives;

public sealed class ImageArchiveTests : ArchiveTest
{
    private readonly TestImage _image = new();

    [Fact]
    public async Task An_oci_layout_is_read_whole()
    {
        var read = await ReadAsync(_image.Oci());

        read.Reference.ShouldBe("registry.example/app:1");
        read.ManifestDigest.ShouldBe(TestImage.Digest(_image.Manifest));
        read.Layers.Select(layer => layer.Digest)
            .ShouldBe(_image.Layers.Select(layer => TestImage.Digest(TestImage.Gzip(layer))));
        ShouldBeTheImage(read);
    }

    [Fact]
    public async Task What_docker_save_writes_is_read_whole()
    {
        var read = await ReadAsync(_image.Docker());

        read.Reference.ShouldBe("registry.example/app:1");
        read.ManifestDigest.ShouldBeNull();
        ShouldBeTheImage(read);
    }

    [Fact]
    public async Task Layers_packed_by_zstd_and_not_at_all_are_read()
    {
        ShouldBeTheImage(await ReadAsync(new TestImage { Packing = TestImage.Zstd }.Oci()));
        ShouldBeTheImage(await ReadAsync(new TestImage { Packing = layer => layer }.Oci()));
        // As eStargz's builders write them: several gzip streams, one after another.
        ShouldBeTheImage(
            await ReadAsync(
                new TestImage
                {
                    Packing = layer => [.. TestImage.Gzip(layer[..700]), .. TestImage.Gzip(layer[700..])],
                }.Oci()
            )
        );
    }

    [Fact]
    public async Task An_archive_that_is_packed_as_a_whole_is_read()
    {
        ShouldBeTheImage(await ReadAsync(TestImage.Gzip(TestImage.Pack(_image.Oci()))));
        ShouldBeTheImage(await ReadAsync(TestImage.Zstd(TestImage.Pack(_image.Docker()))));
    }

    [Fact]
    public async Task Of_an_index_of_platforms_the_guests_own_is_taken()
    {
        var arm = new TestImage { Architecture = "arm64" };
        var index = TestImage.Json(
            new
            {
                schemaVersion = 2,
                manifests = new[] { TestImage.Descriptor(arm.Manifest), TestImage.Descriptor(_image.Manifest) },
            }
        );
        var entries = _image.Oci();
        foreach (var (name, content) in arm.Oci())
            entries.TryAdd(name, content);
        entries[TestImage.BlobOf(index)] = index;
        entries["index.json"] = TestImage.Json(new { manifests = new[] { TestImage.Descriptor(index) } });

        ShouldBeTheImage(await ReadAsync(entries));
    }

    [Fact]
    public async Task It_is_written_anew_under_one_name_with_the_same_id()
    {
        var read = await ReadAsync(_image.Oci());

        await ImageArchive.WriteAsync(read, "localhost/ours:1", In("written.tar"), Token);

        var again = await ImageArchive.ReadAsync(In("written.tar"), "linux", Token);
        again.Reference.ShouldBe("localhost/ours:1");
        ShouldBeTheImage(again);
    }

    [Fact]
    public async Task One_that_changed_since_it_was_read_is_not_written()
    {
        var read = await ReadAsync(_image.Docker());
        Put("image.tar", TestImage.Pack(new TestImage { Layers = [TestImage.Tar(("bin/app", "other"))] }.Docker()));

        await Should.ThrowAsync<BadArchiveException>(() =>
            ImageArchive.WriteAsync(read, "localhost/ours:1", In("written.tar"), Token)
        );
    }

    private void ShouldBeTheImage(ArchivedImage read)
    {
        read.ImageId.ShouldBe(_image.ImageId);
        read.Command.ShouldBe(["/bin/app", "serve"]);
        read.Layers.Select(layer => layer.DiffId).ShouldBe(_image.Layers.Select(TestImage.Digest));
        read.Size.ShouldBe(_image.Layers.Sum(layer => layer.Length));
        read.FileSha256.Length.ShouldBe(64);
    }
}
