using ContainerHost.Machines;
using ContainerHost.Machines.Qemu;
using ContainerHost.Media;
using ContainerHost.Specification;

namespace ContainerHost.Tests.Machines.Qemu;

public sealed class QemuArgumentsTests
{
    [Fact]
    public void A_built_guest_with_nesting_under_emulation() =>
        Text(MachineSample.Built, "tcg", 0).ShouldBeApproved("tcg-nested");

    [Fact]
    public void A_vendors_image_without_nesting_under_kvm()
    {
        var spec = MachineSample.Built with { Boot = Image, Nested = false, Cpus = 4, Memory = ByteSize.FromMiB(768) };

        Text(spec, "kvm", 40022).ShouldBeApproved("kvm-plain");
    }

    [Fact]
    public void A_private_network_has_an_adapter_of_its_own()
    {
        HostName.TryParse("backend", out var network).ShouldBeTrue();

        Text(MachineSample.Built with { PrivateNetwork = network }, "tcg", 0)
            .ShouldBe(
                Text(MachineSample.Built, "tcg", 0)
                    .Replace(
                        "\n-device VGA",
                        "\n-device VGA\n-netdev vde,id=private0,sock=../.backend.network/sock\n-device virtio-net-pci,netdev=private0,mac=52:54:01:e0:04:25"
                    )
            );
    }

    [Fact]
    public void A_disk_for_data_is_behind_all_that_machines_had_before()
    {
        var without = Text(MachineSample.Built, "tcg", 0);

        Text(MachineSample.Built with { DataDisk = ByteSize.FromGiB(50) }, "tcg", 0)
            .ShouldBe(
                without.Replace(
                    "-device virtio-rng-pci\n",
                    "-device virtio-rng-pci\n"
                        + "-drive if=none,id=data0,file=data.qcow2,format=qcow2,discard=unmap\n"
                        + "-device virtio-blk-pci,drive=data0,serial=containerhost-data\n"
                )
            );
    }

    [Fact]
    public async Task A_guest_that_may_give_memory_back_has_the_device_for_it_which_the_real_QEMU_knows()
    {
        Text(MachineSample.Built with { ReturnsMemory = true }, "tcg", 0)
            .ShouldBe(
                Text(MachineSample.Built, "tcg", 0)
                    .Replace(
                        "-device virtio-rng-pci\n",
                        "-device virtio-rng-pci\n-device virtio-balloon-pci,free-page-reporting=on\n"
                    )
            );
        (await RealTool.RunAsync(QemuArguments.Program, "-device", "virtio-balloon-pci,help")).ShouldContain(
            "free-page-reporting=<bool>"
        );
    }

    [Fact]
    public void Neither_templates_and_clones_nor_windows_guests_give_memory_back()
    {
        var clone = (KernelDisk)MachineSample.Built.Boot with { Saved = new SavedMachine("memory", "state") };

        QemuArguments.CanReturnMemory(MachineSample.Built).ShouldBeTrue();
        QemuArguments.CanReturnMemory(MachineSample.Built with { KeepsMemory = true }).ShouldBeFalse();
        QemuArguments.CanReturnMemory(MachineSample.Built with { Boot = clone }).ShouldBeFalse();
        QemuArguments.CanReturnMemory(MachineSample.Built with { Guest = Windows }).ShouldBeFalse();
    }

    [Fact]
    public void A_template_keeps_its_memory_in_a_file() =>
        Text(MachineSample.Built with { KeepsMemory = true }, "tcg", 0).ShouldBeApproved("template");

    [Fact]
    public void A_clone_goes_on_with_it_once_and_boots_from_then_on()
    {
        var saved = new SavedMachine("/hosts/.templates/golden/memory", "/hosts/.templates/golden/machine.state");
        var machine = new QemuMachine(
            MachineSample.Built with
            {
                Boot = (KernelDisk)MachineSample.Built.Boot with { Saved = saved },
            },
            "tcg",
            40022
        );

        var first = Text(machine);

        first.ShouldBeApproved("clone");
        Text(machine with { HasContinued = true })
            .ShouldBe(
                first
                    .Replace("\n-incoming defer", "")
                    .Replace(
                        "memory-backend-file,mem-path=/hosts/.templates/golden/memory,share=off",
                        "memory-backend-ram"
                    )
            );
    }

    [Fact]
    public void A_linux_guest_that_starts_by_uefi_has_its_firmware_and_variables()
    {
        var plain = MachineSample.Built with { Boot = Image };
        var uefi = MachineSample.Built with { Boot = Image with { NeedsUefi = true } };

        Text(uefi, "tcg", 0)
            .ShouldBe(
                Text(plain, "tcg", 0)
                    .Replace(
                        "\n-drive if=none,id=disk0",
                        "\n-drive if=pflash,unit=0,format=raw,readonly=on,file=/usr/share/OVMF/OVMF_CODE_4M.fd"
                            + "\n-drive if=pflash,unit=1,format=raw,file=firmware.fd\n-drive if=none,id=disk0"
                    )
            );
    }

    [Fact]
    public void A_clone_of_a_template_that_is_off_has_an_address_of_its_own_and_is_like_any_other_else()
    {
        var plain = Text(MachineSample.Built with { Boot = Image }, "tcg", 0);

        Text(MachineSample.Built with { Boot = Image with { OfTemplate = true } }, "tcg", 0)
            .ShouldBe(plain.Replace("netdev=net0", $"netdev=net0,mac={MachineSample.Built.Mac}"));
    }

    private static BaseDisk Image { get; } =
        new()
        {
            DiskPath = "/cache/disk.raw",
            Format = DiskFormat.Raw,
            Sha256 = "",
            Origin = "",
            Fingerprint = "",
        };

    [Fact]
    public void A_guest_without_a_way_out_is_still_reached_from_here()
    {
        var open = Text(MachineSample.Built, "tcg", 40022);

        var restricted = Text(MachineSample.Built with { Network = GuestNetwork.Restricted }, "tcg", 40022);

        restricted.ShouldBe(open.Replace("user,id=net0,hostfwd=", "user,id=net0,restrict=on,hostfwd="));
        restricted.ShouldNotBe(open);
    }

    [Theory]
    [InlineData(true, "windows-installing")]
    [InlineData(false, "windows-installed")]
    public void A_windows_guest_with_devices_that_it_knows(bool hasMedia, string approved)
    {
        var spec = MachineSample.Built with { HasMedia = hasMedia, Guest = Windows, Boot = Medium("/cache/a,b.iso") };
        Text(spec, "kvm", 40022).ShouldBeApproved(approved);
    }

    [Theory]
    [InlineData(true, "windows-virtio-installing")]
    [InlineData(false, "windows-virtio-installed")]
    public void A_windows_guest_with_virtio_and_its_drivers(bool hasMedia, string approved)
    {
        var drivers = new DriverMedium("/cache/virtio-win.iso", "", "", [@"viostor\2k22\amd64"]);
        var spec = MachineSample.Built with
        {
            HasMedia = hasMedia,
            Devices = DeviceModel.Virtio,
            Guest = Windows,
            Boot = Medium("/cache/server.iso") with { Drivers = drivers },
        };
        Text(spec, "kvm", 40022).ShouldBeApproved(approved);
        QemuArguments.RemovableDrives(spec).ShouldBe(["install-cd", "drivers-cd", "seed-cd"]);
    }

    [Theory]
    [InlineData("tcg", true, "max,la57=off")]
    [InlineData("tcg", false, "max,la57=off,svm=off,vmx=off")]
    [InlineData("kvm", true, "host")]
    [InlineData("kvm", false, "host,svm=off,vmx=off")]
    public void Virtualisation_is_exposed_only_where_it_is_wanted(string accelerator, bool nested, string cpu) =>
        QemuArguments.Cpu(accelerator, nested).ShouldBe(cpu);

    private static Guest Windows => GuestCatalog.Find("windows-server-2022")!;

    private static InstallationMedium Medium(string path) =>
        new()
        {
            IsoPath = path,
            Image = new WindowsImage(3, "", 20348),
            Sha256 = "",
            Origin = "",
            Fingerprint = "",
        };

    // An option and its value on one line, for people to read.
    private static string Text(MachineSpec spec, string accelerator, int port) =>
        Text(new QemuMachine(spec, accelerator, port));

    private static string Text(QemuMachine machine) =>
        string.Join(' ', QemuArguments.For(machine)).Replace(" -", "\n-", StringComparison.Ordinal) + "\n";
}
