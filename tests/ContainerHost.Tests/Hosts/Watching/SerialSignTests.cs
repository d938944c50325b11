using ContainerHost.Hosts.Watching;

namespace ContainerHost.Tests.Hosts.Watching;

public sealed class SerialSignTests
{
    // As Debian's kernel, initramfs-tools, dracut, systemd, EDK II, GRUB and cloud-init print them.
    [Theory]
    [InlineData("[    2.1] Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)", "panicked")]
    [InlineData("[   31.19] Oops: Oops: 0010 [#1] PREEMPT SMP NOPTI\n[   31.22] RIP: 0010:0x0", "its kernel failed")]
    [InlineData("[   31.22] note: cloud-init[303] exited with irqs disabled", "its kernel failed")]
    [InlineData("ALERT!  LABEL=none does not exist.  Dropping to a shell!", "initramfs")]
    [InlineData("BusyBox v1.35.0 built-in shell (ash)\n\n(initramfs) ", "initramfs")]
    [InlineData("You are in emergency mode. After logging in, type \"journalctl -xb\" to view", "emergency")]
    [InlineData("Cannot open access to console, the root account is locked.", "emergency")]
    [InlineData("BdsDxe: No bootable option or device was found.", "nothing to boot")]
    [InlineData("error: unknown filesystem.\nEntering rescue mode...\ngrub rescue> ", "nothing to boot")]
    [InlineData(
        "error: no such device: root.\n   Minimal BASH-like line editing is supported. For the first word, TAB lists possible\ngrub> ",
        "nothing to boot"
    )]
    [InlineData(
        "[FAILED] Failed to start cloud-init-local.service - Cloud-init: Local Stage (pre-network).",
        "cloud-init failed"
    )]
    [InlineData("[FAILED] Failed to start Cloud-init: Network Stage.", "cloud-init failed")]
    public void A_failure_for_good_is_known(string console, string meaning)
    {
        var found = SerialSign.Find($"Booting\n{console}\n", isFirstBoot: true).ShouldNotBeNull();

        found.Sign.Meaning.ShouldContain(meaning);
        console.ShouldContain(found.Line);
    }

    [Theory]
    [InlineData("Debian GNU/Linux 12 lab ttyS0\n\nlab login: ")]
    [InlineData("[    1.0] Run /init as init process\n[  OK  ] Reached target cloud-init.target")]
    [InlineData("[FAILED] Failed to start apt-daily.service")]
    [InlineData("cloud-init[411]: Cloud-init v. 22.4.2 finished")]
    public void An_ordinary_boot_has_none(string console) => SerialSign.Find(console, isFirstBoot: true).ShouldBeNull();

    // A guest with kernel.panic that is on its way again, and one that has come from there; a device without a system before the one that has it.
    [Theory]
    [InlineData("[ 9.1] Kernel panic - not syncing: Fatal exception\n[ 9.2] Rebooting in 10 seconds..")]
    [InlineData("Kernel panic - not syncing: Fatal exception\n[ 0.000000] Linux version 6.1.0-50-amd64")]
    [InlineData("You are in emergency mode. After\r\nWelcome to Debian GNU/Linux 13 (trixie)!")]
    [InlineData("No bootable device.\n[ 0.000000] Linux version 6.1.0-50-amd64")]
    [InlineData("error: unknown filesystem.\n[ 0.000000] Run /init")]
    [InlineData("[FAILED] Failed to start cloud-init-hotplugd.service - Cloud-init: hotplug udev event.")]
    public void What_a_guest_gets_over_is_none(string console) =>
        SerialSign.Find(console, isFirstBoot: true).ShouldBeNull();

    [Fact]
    public void Cloud_init_matters_in_the_first_boot_only() =>
        SerialSign.Find("[FAILED] Failed to start Cloud-init: Network Stage.", isFirstBoot: false).ShouldBeNull();

    [Fact]
    public void A_line_without_end_costs_no_time()
    {
        var line = string.Concat(Enumerable.Repeat("ALERT!", 11_000));

        SerialSign.Find(line, isFirstBoot: true).ShouldBeNull();
    }
}
