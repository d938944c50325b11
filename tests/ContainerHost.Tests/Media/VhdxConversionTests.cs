using ContainerHost.Errors;
using ContainerHost.Media;
using ContainerHost.Media.Images;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Tests.Prerequisites;

namespace ContainerHost.Tests.Media;

/// <summary>Base disks for Hyper-V, by the real qemu-img.</summary>
public sealed class VhdxConversionTests : FolderTest
{
    private readonly ProcessRunner _processes = new();

    [Fact]
    public async Task A_raw_disk_becomes_a_vhdx_once_with_the_same_content()
    {
        RealTool.Require("qemu-img");
        var media = await ReadRawAsync();
        var conversion = new VhdxConversion(new CacheFolder(In("cache")), _processes, TimeProvider.System);

        var first = await conversion.ConvertAsync(media, Token);
        var stamp = File.GetLastWriteTimeUtc(first.DiskPath);
        var second = await conversion.ConvertAsync(media, Token);

        VhdxConversion.IsVhdx(first.DiskPath).ShouldBeTrue();
        second.ShouldBe(first);
        File.GetLastWriteTimeUtc(second.DiskPath).ShouldBe(stamp, "it is not converted again");
        first.Fingerprint.ShouldBe(media.Fingerprint);
        var compare = new Command("qemu-img", "compare", media.DiskPath, first.DiskPath);
        (await _processes.RunAsync(compare, Token)).ExitCode.ShouldBe(0);
        Directory.GetFiles(Path.GetDirectoryName(first.DiskPath)!, "*.part").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_vhdx_is_known_by_its_first_bytes_and_needs_no_tool()
    {
        var path = Put("own.vhdx", "vhdxfile and more");
        var nothing = new FakeProcessRunner();

        var media = await new DiskImageReader(nothing, path, "a test").ReadAsync(needsUefi: false, Token);

        media.Format.ShouldBe(DiskFormat.Vhdx);
        var conversion = new VhdxConversion(new CacheFolder(Folder), nothing, TimeProvider.System);
        (await conversion.ConvertAsync(media, Token)).ShouldBe(media);
    }

    [Fact]
    public async Task A_conversion_that_fails_leaves_no_half_disk()
    {
        RealTool.Require("qemu-img");
        var media = (await ReadRawAsync()) with { Format = DiskFormat.Qcow2 };
        var conversion = new VhdxConversion(new CacheFolder(Folder), _processes, TimeProvider.System);

        await Should.ThrowAsync<ContainerHostException>(() => conversion.ConvertAsync(media, Token));

        Directory.GetFiles(In("vhdx")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_that_ask_at_once_get_the_same_disk_with_its_own_digest()
    {
        RealTool.Require("qemu-img");
        var media = await ReadRawAsync();

        var disks = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(ConvertAsync, Token)));

        disks[1].ShouldBe(disks[0]);
        (await CheckedFile.ComputeAsync(disks[0].DiskPath, Token)).ShouldBe(disks[0].Sha256);

        Task<BaseDisk> ConvertAsync() =>
            new VhdxConversion(new CacheFolder(Folder), _processes, TimeProvider.System).ConvertAsync(media, Token);
    }

    private async Task<BaseDisk> ReadRawAsync()
    {
        var path = In("disk.raw");
        var content = new byte[4 << 20];
        new Random(1).NextBytes(content.AsSpan(0, 100_000));
        (content[510], content[511]) = (0x55, 0xaa);
        await File.WriteAllBytesAsync(path, content, Token);
        return await new DiskImageReader(_processes, path, "a test").ReadAsync(needsUefi: false, Token);
    }
}
