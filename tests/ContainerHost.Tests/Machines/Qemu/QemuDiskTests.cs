using ContainerHost.Files;
using ContainerHost.Machines;
using ContainerHost.Machines.Qemu;
using ContainerHost.Media;
using ContainerHost.Processes;
using ContainerHost.Specification;

namespace ContainerHost.Tests.Machines.Qemu;

/// <summary>Disks by QEMU's own tools, with the options that machines have: what a guest does to one needs no guest.</summary>
public sealed class QemuDiskTests : FolderTest
{
    private const long Written = 64 << 20;

    public static TheoryData<string> Guests => ["debian-13", "ubuntu-24.04", "windows-server-2022"];

    [Theory]
    [MemberData(nameof(Guests))]
    public async Task What_a_guest_frees_is_freed_in_the_file(string guest)
    {
        var options = await WrittenAsync(guest);
        var full = Room();

        await RunAsync(options, $"discard 0 {Written}");

        (full - Room()).ShouldBeGreaterThan(Written - (1 << 20));
        (await RunAsync(options, $"read -P 0 0 {Written}")).ShouldNotContain("verification failed");
    }

    [Fact]
    public async Task Without_the_drives_option_nothing_is()
    {
        var options = (await WrittenAsync("debian-13")).Replace(",discard=unmap", "", StringComparison.Ordinal);
        var full = Room();

        await RunAsync(options, $"discard 0 {Written}");

        Room().ShouldBe(full);
    }

    private long Room() => FileStatus.RoomOf(new FileInfo(new HostFolder(Folder).Disk));

    private async Task<string> WrittenAsync(string guest)
    {
        RealTool.Require("qemu-img");
        RealTool.Require("qemu-io");
        var below = Put("base.raw", new byte[1 << 20]);
        var spec = MachineSample.Built with
        {
            Guest = GuestCatalog.Find(guest)!,
            Folder = new HostFolder(Folder),
            Boot = ((KernelDisk)MachineSample.Built.Boot) with { DiskPath = below },
        };
        await QemuDisk.CreateAsync(new ProcessRunner(), spec, Token);
        var arguments = QemuArguments.For(new QemuMachine(spec, "tcg", 0));
        var drive = arguments.Single(one => one.Contains($"id={QemuArguments.DiskDrive},", StringComparison.Ordinal));
        // As qemu-io calls them; it would unmap without the option if it were not told otherwise.
        var options = drive
            .Replace($"if=none,id={QemuArguments.DiskDrive},file=", "file.filename=", StringComparison.Ordinal)
            .Replace("format=", "driver=", StringComparison.Ordinal);
        await RunAsync(options, $"write -P 7 0 {Written}");
        return options;
    }

    private Task<string> RunAsync(string options, string command) =>
        RealTool.RunAsync(
            new Command("qemu-io", "-d", "ignore", "-c", command, "--image-opts", options) { WorkingDirectory = Folder }
        );
}
