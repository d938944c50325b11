using ContainerHost.Errors;
using ContainerHost.Media;
using ContainerHost.Processes;
using ContainerHost.Specification;

namespace ContainerHost.Tests.Media;

/// <summary>Base disks for Hyper-V, by the real qemu-img.</summary>
public sealed class VhdxConversionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("containerhost-vhdx-").FullName;
    private readonly ProcessRunner _processes = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_raw_disk_becomes_a_vhdx_once_with_the_same_content()
    {
        RealTool.Require("qemu-img");
        var media = await ReadRawAsync();
        var conversion = new VhdxConversion(new CacheFolder(Path.Combine(_folder, "cache")), _processes);

        var first = await conversion.ConvertAsync(media, Token);
        var stamp = File.GetLastWriteTimeUtc(first.DiskPath);
        var second = await conversion.ConvertAsync(media, Token);

        (await VhdxConversion.IsVhdxAsync(first.DiskPath, Token)).ShouldBeTrue();
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
        var path = Path.Combine(_folder, "own.vhdx");
        await File.WriteAllBytesAsync(path, "vhdxfile and more"u8.ToArray(), Token);
        var reader = new DiskImageReader(new NoProcesses());

        var media = await reader.ReadAsync(path, "a test", Token);

        media.Format.ShouldBe(DiskFormat.Vhdx);
        var conversion = new VhdxConversion(new CacheFolder(_folder), new NoProcesses());
        (await conversion.ConvertAsync(media, Token)).ShouldBe(media);
    }

    [Fact]
    public async Task A_conversion_that_fails_leaves_no_half_disk()
    {
        RealTool.Require("qemu-img");
        var media = (await ReadRawAsync()) with { Format = DiskFormat.Qcow2 };
        var conversion = new VhdxConversion(new CacheFolder(_folder), _processes);

        await Should.ThrowAsync<ContainerHostException>(() => conversion.ConvertAsync(media, Token));

        Directory.GetFiles(Path.Combine(_folder, "vhdx")).ShouldBeEmpty();
    }

    private async Task<BaseDisk> ReadRawAsync()
    {
        var path = Path.Combine(_folder, "disk.raw");
        var content = new byte[4 << 20];
        new Random(1).NextBytes(content.AsSpan(0, 100_000));
        await File.WriteAllBytesAsync(path, content, Token);
        return await new DiskImageReader(_processes).ReadAsync(path, "a test", Token);
    }

    private sealed class NoProcesses : IProcessRunner
    {
        public Task<CommandResult> RunAsync(
            Command command,
            CancellationToken cancellationToken,
            Action<string>? onLine = null
        ) => throw new InvalidOperationException($"{command} is not needed");
    }
}
