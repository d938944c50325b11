using System.Formats.Tar;
using System.Text;
using ContainerHost.Proving.Archives;

namespace ContainerHost.Tests.Proving.Archives;

public sealed class LyingArchiveTests : ArchiveTest
{
    private readonly TestImage _image = new();

    [Fact]
    public async Task What_is_no_archive_is_refused()
    {
        await ShouldBeRefusedAsync(Array.Empty<byte>(), "it is empty, or no plain file");
        await ShouldBeRefusedAsync(Encoding.UTF8.GetBytes("<!doctype html><html>sign in</html>"), "no ");
        await ShouldBeRefusedAsync(new byte[2048], "no tar archive, or an empty one");
        await ShouldBeRefusedAsync(TestImage.Tar(("README", "hello")), "neither an index.json");
        await ShouldBeRefusedAsync(TestImage.Gzip(Encoding.UTF8.GetBytes("hello")), "no ");
    }

    [Fact]
    public async Task One_that_is_cut_off_is_refused()
    {
        var whole = TestImage.Pack(_image.Docker());
        await ShouldBeRefusedAsync(whole[..(whole.Length / 2)], "");
        var packed = TestImage.Gzip(whole);
        await ShouldBeRefusedAsync(packed[..(packed.Length / 2)], "");
    }

    [Fact]
    public async Task A_damaged_blob_is_named()
    {
        var entries = _image.Oci();
        var layer = TestImage.BlobOf(TestImage.Gzip(_image.Layers[0]));
        entries[layer][^5] ^= 1;

        await ShouldBeRefusedAsync(entries, $"its {layer} is damaged: it has the digest sha256:");
    }

    [Fact]
    public async Task A_layer_that_is_another_than_the_configuration_tells_is_refused()
    {
        var entries = _image.Docker();
        entries[$"{TestImage.Digest(_image.Layers[1])[7..]}.tar"] = TestImage.Tar(
            ("etc/passwd", "root::0:0::/:/bin/sh")
        );

        await ShouldBeRefusedAsync(entries, "once unpacked, but the configuration tells");
    }

    [Fact]
    public async Task A_configuration_that_is_not_the_one_it_is_named_for_is_refused()
    {
        var entries = _image.Docker();
        entries[$"{_image.ImageId[7..]}.json"] = new TestImage { Name = null, Layers = [_image.Layers[0]] }.Config;

        await ShouldBeRefusedAsync(entries, ".json is damaged");
    }

    [Fact]
    public async Task What_is_missing_is_named()
    {
        foreach (var blob in _image.Oci().Keys.Where(name => name.StartsWith("blobs/", StringComparison.Ordinal)))
        {
            var entries = _image.Oci();
            entries.Remove(blob);
            await ShouldBeRefusedAsync(entries, $"it lacks the blob sha256:{blob.Split('/')[^1]}");
        }
        var docker = _image.Docker();
        var layer = $"{TestImage.Digest(_image.Layers[0])[7..]}.tar";
        docker.Remove(layer);
        await ShouldBeRefusedAsync(docker, $"it lacks {layer}");
    }

    [Fact]
    public async Task Sizes_and_numbers_that_do_not_agree_are_refused()
    {
        var entries = _image.Oci();
        entries["index.json"] = TestImage.Json(
            new { manifests = (object[])[new { digest = TestImage.Digest(_image.Manifest), size = 7 }] }
        );
        await ShouldBeRefusedAsync(entries, "not the 7 that its index.json.manifests[0] tells");

        var config = _image.Config;
        var manifest = TestImage.Json(new { config = TestImage.Descriptor(config), layers = Array.Empty<object>() });
        entries = _image.Oci();
        entries[TestImage.BlobOf(manifest)] = manifest;
        entries["index.json"] = TestImage.Json(new { manifests = new[] { TestImage.Descriptor(manifest) } });
        await ShouldBeRefusedAsync(entries, "its configuration tells of 2 layers, its manifest of 0");
    }

    [Theory]
    [InlineData("amd64", "windows")]
    [InlineData("arm64", "linux")]
    public async Task Another_platform_is_refused(string architecture, string os)
    {
        var other = new TestImage { Architecture = architecture, Os = os };

        await ShouldBeRefusedAsync(
            other.Docker(),
            $"it has an image for {os}/{architecture} only, not for linux/amd64"
        );
        await ShouldBeRefusedAsync(other.Oci(), $"it has an image for {os}/{architecture} only, not for linux/amd64");
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("/etc/passwd")]
    [InlineData("blobs/../../outside")]
    [InlineData(@"..\outside")]
    public async Task An_entry_that_leads_out_is_refused(string name)
    {
        var entries = _image.Oci();
        entries[name] = [1];

        await ShouldBeRefusedAsync(entries, "leads out of it");
    }

    [Theory]
    [InlineData("../../outside")]
    [InlineData("/etc/passwd")]
    public async Task A_link_that_leads_out_is_refused(string target)
    {
        var link = new UstarTarEntry(TarEntryType.SymbolicLink, "one/layer.tar") { LinkName = target };

        await ShouldBeRefusedAsync(TestImage.Pack(link), "its link one/layer.tar leads out of it");
    }

    [Fact]
    public async Task Links_in_a_circle_devices_and_doubled_names_are_refused()
    {
        TarEntry Link(string name, string target) =>
            new UstarTarEntry(TarEntryType.SymbolicLink, name) { LinkName = target };
        TarEntry File(string name) => new UstarTarEntry(TarEntryType.RegularFile, name);

        await ShouldBeRefusedAsync(
            TestImage.Pack(Link("manifest.json", "a"), Link("a", "manifest.json")),
            "in circles"
        );
        await ShouldBeRefusedAsync(TestImage.Pack(new UstarTarEntry(TarEntryType.Fifo, "a")), "is a Fifo");
        await ShouldBeRefusedAsync(TestImage.Pack(File("a"), File("./a")), "it has a twice");
    }

    [Fact]
    public async Task A_hard_link_of_a_layer_that_leads_out_is_refused()
    {
        using var layer = new MemoryStream();
        await using (var tar = new TarWriter(layer, leaveOpen: true))
            await tar.WriteEntryAsync(
                new UstarTarEntry(TarEntryType.HardLink, "hl") { LinkName = "../../etc/shadow" },
                Token
            );
        var image = new TestImage { Layers = [layer.ToArray()] };

        await ShouldBeRefusedAsync(image.Oci(), "a link 'hl' that leads out of it, to '../../etc/shadow'");
    }

    [Fact]
    public async Task A_layer_that_leads_out_is_refused()
    {
        var image = new TestImage { Layers = [TestImage.Tar(("usr/../../etc/passwd", "x"))] };

        await ShouldBeRefusedAsync(image.Oci(), "has an entry 'usr/../../etc/passwd' that leads out of it");
    }

    [Fact]
    public async Task A_layer_that_is_no_tar_archive_is_refused()
    {
        var image = new TestImage { Layers = [Encoding.UTF8.GetBytes(new string('x', 2000))] };

        await ShouldBeRefusedAsync(image.Oci(), "is damaged, or no tar archive");
    }

    [Fact]
    public async Task Several_images_are_refused_with_their_names()
    {
        var entries = _image.Docker();
        var two = new
        {
            Config = "x",
            RepoTags = (string[])["b:2"],
            Layers = Array.Empty<string>(),
        };
        entries["manifest.json"] = TestImage.Json((object[])[new { RepoTags = (string[])["a:1"] }, two]);
        await ShouldBeRefusedAsync(entries, "it has 2 images (a:1, b:2); give each in an archive of its own");

        var other = new TestImage { Layers = [_image.Layers[0]] };
        entries = _image.Oci();
        foreach (var (name, content) in other.Oci())
            entries.TryAdd(name, content);
        entries["index.json"] = TestImage.Json(
            new { manifests = new[] { TestImage.Descriptor(_image.Manifest), TestImage.Descriptor(other.Manifest) } }
        );
        await ShouldBeRefusedAsync(entries, "it has 2 images (");

        entries["index.json"] = TestImage.Json(new { manifests = Array.Empty<object>() });
        await ShouldBeRefusedAsync(entries, "it has no image");
    }

    [Theory]
    [InlineData("nonsense", "its index.json is no JSON")]
    [InlineData("null", "its index.json is empty")]
    [InlineData("""{"manifests":7}""", "its index.json.manifests is no list")]
    [InlineData("""{"manifests":[{"digest":"md5:1","size":1}]}""", "not sha256: and 64 hexadecimal digits")]
    [InlineData("""{"manifests":[{"digest":"sha256:../../../etc/passwd","size":1}]}""", "not sha256: and 64")]
    [InlineData("""{"manifests":[{"size":1}]}""", "its index.json.manifests[0].digest is no text")]
    [InlineData("""{"manifests":[{"digest":"\ud800","size":1}]}""", "it is damaged")]
    [InlineData("""{"manifests":[],"manifests":[]}""", "its index.json is no JSON")]
    public async Task A_broken_index_is_refused(string index, string why)
    {
        var entries = _image.Oci();
        entries["index.json"] = Encoding.UTF8.GetBytes(index);

        await ShouldBeRefusedAsync(entries, why);
    }

    [Theory]
    [InlineData("../../etc/shadow", "leads out of it")]
    [InlineData("/etc/shadow", "leads out of it")]
    [InlineData("nowhere.json", "it lacks nowhere.json")]
    public async Task A_list_that_points_elsewhere_is_refused(string config, string why)
    {
        var entries = _image.Docker();
        entries["manifest.json"] = TestImage.Json((object[])[new { Config = config, Layers = Array.Empty<string>() }]);

        await ShouldBeRefusedAsync(entries, why);
    }

    [Fact]
    public async Task One_that_unpacks_to_more_than_may_be_is_refused_before_it_fills_the_disk()
    {
        var limits = new ArchiveLimits { Unpacked = 1 << 20 };
        var bomb = new TestImage { Layers = [TestImage.Tar(("zeros", new string('\0', 8 << 20)))] };

        await ShouldBeRefusedAsync(bomb.Oci(), "unpacks to more than 1048576 bytes", limits);
        await ShouldBeRefusedAsync(
            TestImage.Gzip(TestImage.Pack(bomb.Docker())),
            "unpacks to more than 1048576",
            limits
        );
    }

    [Fact]
    public async Task One_of_too_many_or_too_large_parts_is_refused()
    {
        await ShouldBeRefusedAsync(_image.Oci(), "more than 3 files", new ArchiveLimits { Entries = 3 });
        await ShouldBeRefusedAsync(_image.Oci(), "its layers have more than 2 files", new ArchiveLimits { Files = 2 });
        await ShouldBeRefusedAsync(
            _image.Oci(),
            "more than the 20 that a document may have",
            new ArchiveLimits { Document = 20 }
        );
    }

    // Whatever a byte becomes, the archive is either read as the same image, or refused by name.
    [Fact]
    public async Task Damage_anywhere_is_refused_or_does_no_harm()
    {
        foreach (var whole in new[] { TestImage.Pack(_image.Docker()), TestImage.Pack(_image.Oci()) })
        {
            var random = new Random(7);
            for (var turn = 0; turn < 400; turn++)
            {
                var damaged = (byte[])whole.Clone();
                for (var at = random.Next(1, 4); at > 0; at--)
                    damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                if (random.Next(4) == 0)
                    damaged = damaged[..random.Next(damaged.Length)];
                try
                {
                    (await ReadAsync(damaged)).ImageId.ShouldBe(_image.ImageId);
                }
                catch (BadArchiveException refused)
                {
                    refused.Message.ShouldNotBeEmpty();
                }
            }
        }
    }
}
