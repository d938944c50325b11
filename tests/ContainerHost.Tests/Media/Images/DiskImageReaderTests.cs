using System.IO.Compression;
using System.Text;
using ContainerHost.Errors;
using ContainerHost.Media;
using ContainerHost.Media.Downloads;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Tests.Specification;
using Serilog.Core;

namespace ContainerHost.Tests.Media.Images;

/// <summary>What people give for a disk image, by the real qemu-img and the real packers.</summary>
public sealed class DiskImageReaderTests : FolderTest
{
    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("\n <!DOCTYPE html><html><body>Please log in</body></html>", "web page")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n", "git keeps elsewhere")]
    [InlineData("/annex/objects/SHA256E-s12345--4d7a.qcow2\n", "git keeps elsewhere")]
    [InlineData("some words", "too few for a disk")]
    [InlineData("LUKS\u00ba\u00be and more", "encrypted (LUKS)")]
    [InlineData("BZh91AY&SY", "not unpacked here")]
    public async Task What_is_no_disk_is_told(string content, string told) =>
        await ShouldRefuseAsync(Put("given.qcow2", Encoding.Latin1.GetBytes(content)), told);

    [Fact]
    public async Task An_installation_medium_is_no_disk_though_it_has_a_boot_sector()
    {
        var disc = Disk.OfBios();
        "\u0001CD001"u8.CopyTo(disc.AsSpan(32768));

        await ShouldRefuseAsync(Put("hybrid.iso", disc), "installation medium");
    }

    [Fact]
    public async Task An_appliance_is_told()
    {
        var archive = new byte[100_000];
        "ustar"u8.CopyTo(archive.AsSpan(257));

        await ShouldRefuseAsync(Put("x.ova", archive), "tar archive");
    }

    [Fact]
    public async Task A_disk_that_nothing_starts_is_told()
    {
        await QemuImgAsync("create", "-q", "-f", "qcow2", In("empty.qcow2"), "1G");

        await ShouldRefuseAsync(In("empty.qcow2"), "neither a boot sector nor an EFI system partition");
    }

    [Fact]
    public async Task An_image_cut_off_is_told()
    {
        await ConvertAsync("qcow2", In("whole.qcow2"), Disk.OfBios());
        var whole = await File.ReadAllBytesAsync(In("whole.qcow2"), Token);

        await ShouldRefuseAsync(Put("head.qcow2", whole[..300]), "qemu-img");
        await ShouldRefuseAsync(Put("half.qcow2", whole[..(whole.Length - 100_000)]), "qemu-img check");
    }

    [Theory]
    [InlineData("luks")]
    [InlineData("aes")]
    public async Task An_encrypted_image_is_told(string how)
    {
        string[] secret = ["--object", "secret,id=s,data=abc", "-o", $"encrypt.format={how},encrypt.key-secret=s"];
        for (var attempts = 5; ; attempts--)
        {
            try
            {
                await QemuImgAsync(["create", "-q", "-f", "qcow2", .. secret, In("x"), "16M"]);
                break;
            }
            // On a busy machine it fails to time its own key derivation.
            catch (ShouldAssertException busy) when (attempts > 1 && busy.Message.Contains("accurate CPU usage")) { }
        }

        await ShouldRefuseAsync(In("x"), "it is encrypted");
    }

    [Fact]
    public async Task An_image_for_another_processor_is_told() =>
        await ShouldRefuseAsync(Put("arm.raw", Disk.OfUefi("BOOTAA64EFI")), "ARM64");

    [Fact]
    public async Task Where_uefi_is_needed_a_boot_sector_is_not_enough() =>
        await ShouldRefuseAsync(Put("bios.raw", Disk.OfBios()), "no EFI system partition", needsUefi: true);

    [Theory]
    [InlineData("raw")]
    [InlineData("qcow2")]
    public async Task How_a_disk_starts_is_known(string format)
    {
        foreach (
            var (name, content, needsUefi) in (IEnumerable<(string, byte[], bool)>)
                [
                    ("bios", Disk.OfBios(), false),
                    ("uefi", Disk.OfUefi(), true),
                    ("uefi4k", Disk.OfUefi(sector: 4096), true),
                    ("mbr", Disk.OfUefiByMbr(), true),
                ]
        )
        {
            await ConvertAsync(format, In(name), content);

            var disk = await ObtainAsync(In(name));

            disk.NeedsUefi.ShouldBe(needsUefi, name);
            disk.Size.ShouldBe(4 << 20);
            $"{disk.Format}".ShouldBe(format, StringCompareShould.IgnoreCase);
        }
    }

    [Theory]
    [InlineData("xz", ".xz")]
    [InlineData("gzip", ".gz")]
    [InlineData("zstd", ".zst")]
    public async Task A_packed_image_is_unpacked_once_and_one_cut_off_never(string packer, string ending)
    {
        RealTool.Require(packer);
        var content = Disk.OfBios();
        new Random(1).NextBytes(content.AsSpan(1 << 20, 1 << 20));
        await ConvertAsync("qcow2", In("disk.qcow2"), content);
        await RealTool.RunAsync(packer, "-k", In("disk.qcow2"));
        var packed = In("disk.qcow2" + ending);

        var disk = await ObtainAsync(packed);

        (await File.ReadAllBytesAsync(disk.Path, Token)).ShouldBe(
            await File.ReadAllBytesAsync(In("disk.qcow2"), Token)
        );
        disk.Format.ShouldBe(DiskFormat.Qcow2);
        (await ObtainAsync(packed)).ShouldBe(disk);
        var whole = await File.ReadAllBytesAsync(packed, Token);
        foreach (var length in (int[])[whole.Length / 2, whole.Length - 5])
            await ShouldRefuseAsync(Put("cut" + ending, whole[..length]), "");
        // Of two streams one after another some readers see the first only.
        if (packer != "zstd")
            await ShouldRefuseAsync(Put("two" + ending, [.. whole, .. whole]), "several packed streams");
        Directory.GetFiles(In("cache/unpacked"), "*.part").ShouldBeEmpty();
        Directory.GetFiles(In("cache/unpacked"), "*.img").ShouldHaveSingleItem();
        await File.WriteAllTextAsync(disk.Path, "damaged", Token);
        (await ObtainAsync(packed)).ShouldBe(disk, "it is made anew");
    }

    [Fact]
    public async Task A_zip_of_one_image_is_unpacked_and_one_of_two_refused()
    {
        await using (var zip = await ZipFile.OpenAsync(In("one.zip"), ZipArchiveMode.Create, Token))
            zip.CreateEntryFromFile(Put("disk.raw", Disk.OfBios()), "disk.raw");
        (await ObtainAsync(In("one.zip"))).Format.ShouldBe(DiskFormat.Raw);
        await using (var zip = await ZipFile.OpenAsync(In("one.zip"), ZipArchiveMode.Update, Token))
            zip.CreateEntryFromFile(In("disk.raw"), "another.raw");

        await ShouldRefuseAsync(In("one.zip"), "2 files instead of one");
    }

    [Fact]
    public async Task A_packed_file_that_is_no_disk_is_told_by_its_own_name_and_leaves_nothing()
    {
        RealTool.Require("gzip");
        await RealTool.RunAsync("gzip", Put("words.img", "some words"u8.ToArray()));

        await ShouldRefuseAsync(In("words.img.gz"), "too few for a disk");

        Directory.GetFiles(In("cache/unpacked")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_disk_packed_in_two_halves_is_not_taken_for_one_of_half_the_size()
    {
        RealTool.Require("gzip");
        var disk = Disk.OfBios();
        foreach (
            var (name, half) in ((string, byte[])[])[("a", disk[..(disk.Length / 2)]), ("b", disk[(disk.Length / 2)..])]
        )
            await RealTool.RunAsync("gzip", Put(name, half));
        byte[] both =
        [
            .. await File.ReadAllBytesAsync(In("a.gz"), Token),
            .. await File.ReadAllBytesAsync(In("b.gz"), Token),
        ];

        await ShouldRefuseAsync(Put("both.gz", both), "several packed streams");
    }

    [Fact]
    public async Task A_device_is_no_disk_image() => await ShouldRefuseAsync("/dev/zero", "no plain file");

    private async Task ShouldRefuseAsync(string path, string told, bool needsUefi = false)
    {
        var error = await Should.ThrowAsync<ContainerHostException>(ObtainAsync(path, needsUefi));
        error.Saw.ShouldContain(told);
        error.Attempted.ShouldContain(path);
        error.ExitCode.ShouldBe(ExitCodes.InvalidInput);
    }

    private async Task<BaseDisk> ObtainAsync(string path, bool needsUefi = false)
    {
        RealTool.Require("qemu-img");
        var downloader = new Downloader(new HttpClient(), TimeProvider.System, Logger.None);
        var store = new BootMediaStore(
            new CacheFolder(In("cache")),
            new ProcessRunner(),
            downloader,
            TimeProvider.System,
            Logger.None
        );
        var spec = Typed.Request($"--provider Qemu --guest debian-12 --disk-image {path}").ToSpec();
        return (BaseDisk)await store.ObtainAsync(new MediaRequest(spec) { NeedsUefi = needsUefi }, Token);
    }

    private async Task ConvertAsync(string format, string path, byte[] content) =>
        await QemuImgAsync("convert", "-O", format, Put("source.raw", content), path);

    private static Task<string> QemuImgAsync(params string[] words) => RealTool.RunAsync("qemu-img", words);
}
