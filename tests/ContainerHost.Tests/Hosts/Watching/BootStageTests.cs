using ContainerHost.Hosts;
using ContainerHost.Hosts.Watching;

namespace ContainerHost.Tests.Hosts.Watching;

public sealed class BootStageTests
{
    // As SeaBIOS, EDK II, GRUB, Linux, initramfs-tools, systemd and cloud-init print them.
    [Theory]
    [InlineData("SeaBIOS (version 1.16.2-debian-1.16.2-1)", "firmware")]
    [InlineData("Booting from Hard Disk...", "firmware")]
    [InlineData("BdsDxe: starting Boot0002 \"UEFI Misc Device\" from PciRoot(0x0)/Pci(0x1,0x0)", "firmware")]
    [InlineData("Welcome to GRUB!", "boot loader")]
    [InlineData("[    0.000000] Linux version 6.1.0-50-cloud-amd64 (debian-kernel@lists.debian.org)", "kernel")]
    [InlineData("Loading, please wait...", "initial RAM disk")]
    [InlineData("Begin: Running /scripts/init-bottom ... done.", "initial RAM disk")]
    [InlineData("Welcome to Debian GNU/Linux 13 (trixie)!", "systemd")]
    [InlineData("[  OK  ] Reached target network.target - Network.", "systemd")]
    [InlineData(
        "[  326.0] cloud-init[734]: Cloud-init v. 25.1.4 running 'init-local' at Mon, 14 Jul 2025 01:36:11 +0000. Up 3.77 seconds.",
        "cloud-init: local"
    )]
    [InlineData(
        "[    9.1] cloud-init[411]: Cloud-init v. 22.4.2 running 'init' at Mon, 14 Jul 2025 01:36:11 +0000. Up 9 seconds.",
        "cloud-init: network"
    )]
    [InlineData("Cloud-init v. 22.4.2 running 'modules:config' at Mon, 14 Jul 2025 01:36:11", "cloud-init: config")]
    [InlineData("Cloud-init v. 22.4.2 running 'modules:final' at Mon, 14 Jul 2025 01:36:11", "cloud-init: final")]
    public void A_boot_is_where_its_console_says(string line, string stage) =>
        BootStage.Find($"\n{line}\nsomething else\n").ShouldBe(stage);

    // The console of a Debian 13 that was made here, as QEMU kept it, from its first boot into its second; what stands between is left out.
    private const string Recorded = """
        \u001b[!p\u001b]104\u0007\u001b[?7h[   10.268113] systemd-ssh-generator[233]: Failed to query local AF_VSOCK CID: Cannot assign requested address
        [   25.327017] cloud-init[459]: Cloud-init v. 25.1.4 running 'init-local' at Fri, 27 Nov 2026 10:43:37 +0000. Up 25.12 seconds.
        [   26.333877] sh[455]: Completed socket interaction for boot stage local
        [   26.771242] cloud-init[459]: Cloud-init v. 25.1.4 running 'init' at Fri, 27 Nov 2026 10:43:39 +0000. Up 26.69 seconds.
        [   31.023875] cloud-init[459]: Cloud-init v. 25.1.4 running 'modules:config' at Fri, 27 Nov 2026 10:43:42 +0000. Up 29.96 seconds.
        [   33.474771] cloud-init[459]: Cloud-init v. 25.1.4 running 'modules:final' at Fri, 27 Nov 2026 10:43:46 +0000. Up 33.29 seconds.
        q login: [   45.343287] systemd-ssh-generator[632]: Failed to query local AF_VSOCK CID: Cannot assign requested address
        [  128.283020] reboot: Restarting system
        [    8.581744] systemd-ssh-generator[234]: Failed to query local AF_VSOCK CID: Cannot assign requested address
        [   36.062466] cloud-init[446]: Cloud-init v. 25.1.4 running 'init-local' at Fri, 27 Nov 2026 10:45:58 +0000. Up 35.52 seconds.
        """;

    [Theory]
    [InlineData(1, "systemd")]
    [InlineData(2, "cloud-init: local")]
    [InlineData(3, "cloud-init: local")]
    [InlineData(4, "cloud-init: network")]
    [InlineData(5, "cloud-init: config")]
    [InlineData(6, "cloud-init: final")]
    [InlineData(7, "cloud-init: final")]
    [InlineData(8, "restart")]
    [InlineData(9, "systemd")]
    [InlineData(10, "cloud-init: local")]
    public void A_real_boot_goes_from_stage_to_stage(int lines, string stage)
    {
        var console = string.Join("\r\n", Recorded.Split('\n').Take(lines))
            .Replace("\\u001b", "\u001b")
            .Replace("\\u0007", "\a");

        BootStage.Find(SerialTail.Plain(console)).ShouldBe(stage);
    }

    [Fact]
    public void A_boot_begins_again_with_its_firmware_or_kernel()
    {
        const string Console = "Cloud-init v. 22.4.2 running 'init'\n[  OK  ] Reached target network.target";

        BootStage.Find(Console).ShouldBe("cloud-init: network");
        BootStage.Find($"{Console}\nSeaBIOS (version 1.16)").ShouldBe("firmware");
        BootStage.Find($"{Console}\n[ 0.000000] Linux version 6.1").ShouldBe("kernel");
    }

    // A quiet kernel, a prompt, somebody who only mentions a stage.
    [Theory]
    [InlineData("")]
    [InlineData("lab login: ")]
    [InlineData("echo 'see the Linux version below'")]
    [InlineData("Welcome to emergency mode!")]
    public void What_tells_nothing_is_not_guessed(string console) => BootStage.Find(console).ShouldBeNull();

    [Fact]
    public void A_line_without_end_costs_no_time() =>
        BootStage.Find(string.Concat(Enumerable.Repeat("Cloud-init v", 11_000))).ShouldBeNull();
}
