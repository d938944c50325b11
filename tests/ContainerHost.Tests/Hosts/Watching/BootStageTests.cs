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

    [Fact]
    public void The_newest_line_counts()
    {
        const string Console =
            "Linux version 6.1\nWelcome to Debian GNU/Linux 12 (bookworm)!\nCloud-init v. 22.4.2 running 'init'";

        BootStage.Find($"{Console}\nRebooting\n[ 0.000000] Linux version 6.1").ShouldBe("kernel");
        BootStage.Find(Console).ShouldBe("cloud-init: network");
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
